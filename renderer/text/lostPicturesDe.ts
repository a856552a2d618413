import type { AlarmTexts, StoreFaultKind } from '../../electron/contract/alarms.ts';

const log = 'Kommt das wieder, Instandhaltung rufen: das Protokoll dieser Station nennt die Ursache.';

/** Why, and what to do; `slow`: nothing refused them, the disk did not keep up. */
const causes = {
  slow: ['die Platte kommt nicht nach', 'Kommt das wieder, Instandhaltung rufen: die Platte ist zu langsam für so viele Bilder.'],
  full: ['die Platte war voll', 'Instandhaltung: ist sie es noch, Platz schaffen; dann geht es von selbst weiter.'],
  'read-only': [
    'die Platte darunter ist schreibgeschützt',
    'Instandhaltung: zum Schreiben einhängen. Eine Platte, die sich selbst schützt, versagt; ersetzen.',
  ],
  'no-permission': [
    'diese Station darf nicht schreiben, wo sie hingehören',
    'Instandhaltung: den Ordner „pictures“ im Datenordner mit allem darin dem Benutzer von Linegate geben.',
  ],
  io: ['die Platte darunter versagt', 'Sofort Instandhaltung rufen: Kabel und Zustand der Platte prüfen.'],
  damaged: ['die Datei der Aufzeichnungen, die sie aufführt, ist beschädigt', log],
  other: ['sie lassen sich nicht schreiben', log],
} as const satisfies Record<StoreFaultKind | 'slow', readonly [string, string]>;

/** German sentences of pictures that were not kept. */
export const lostPicturesDe = {
  'pictures-lost': ({ kind }) => ({
    what: `Einige Bilder der letzten Minuten wurden nicht aufgehoben: ${causes[kind ?? 'slow'][0]}.`,
    meanwhile: 'Teile werden weiter sortiert und aufgezeichnet; nur Bilder fehlen.',
    toDo: causes[kind ?? 'slow'][1],
  }),
} satisfies Partial<AlarmTexts>;
