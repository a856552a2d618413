import {
  type AlarmFacts,
  type AlarmTexts,
  type AlarmWords,
  roomOf,
  type StoreFaultKind,
} from '../../electron/contract/alarms.ts';
import { certificatesDe } from './certificatesDe.ts';
import { lostPicturesDe } from './lostPicturesDe.ts';
import { picturesDe } from './picturesDe.ts';
import { de } from './de.ts';

/** German sentences of all alarms; the compiler sees to it that none is missing. */

const lineAway: Omit<AlarmWords, 'what'> = {
  meanwhile: 'Die SPS behandelt jedes Teil nach dem Notverhalten. Nichts wird geprüft.',
  toDo: 'Sie startet binnen Sekunden von selbst neu. Bleibt es so, Instandhaltung rufen: „linegate doctor“ nennt die Ursache.',
};
const noGate = 'Kein Urteil erreicht die Weiche: die SPS wendet ihr Notverhalten an. Teile werden geprüft und aufgezeichnet.';
const reset = 'Dann die Verriegelung hier oder an der SPS zurücksetzen.';
const while_ = {
  stop: 'Die SPS soll das Band anhalten. Was noch kommt, wird geprüft.',
  alarm: 'Die Linie läuft weiter, jedes Teil wird geprüft.',
} as const satisfies Record<AlarmFacts['model-fault']['does'], string>;
const quality = 'Qualität: die Lücken in den Aufzeichnungen ansehen.';
const modes = {
  auto: 'Automatik',
  bypass: 'Umgehung',
  challenge: 'Prüflauf',
  simulation: 'Simulation',
} as const satisfies Record<AlarmFacts['bypass']['mode'], string>;
const number = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const storeFaults = {
  full: {
    what: 'Die Platte oder das Kontingent der Aufzeichnungen ist voll, und nichts darin darf nach der Regel weichen.',
    toDo: 'Instandhaltung: Platz schaffen oder nachsehen, warum Meldungen das MES nicht erreichen; dann geht es von selbst weiter.',
  },
  damaged: {
    what: 'Die Datei der Aufzeichnungen ist beschädigt und wird ersetzt.',
    toDo: 'Jetzt nichts; bleibt es eine Minute so, Instandhaltung rufen: die Platte kann am Ende sein.',
  },
  io: {
    what: 'Die Platte unter den Aufzeichnungen versagt.',
    toDo: 'Sofort Instandhaltung rufen: Kabel und Zustand der Platte prüfen, bei Mängeln ersetzen.',
  },
  'read-only': {
    what: 'Die Platte unter den Aufzeichnungen ist schreibgeschützt.',
    toDo: 'Instandhaltung: zum Schreiben einhängen. Eine Platte, die sich selbst schützt, versagt; ersetzen.',
  },
  'no-permission': {
    what: 'Diese Station darf nicht schreiben, wo ihre Aufzeichnungen hingehören.',
    toDo: 'Instandhaltung: den Datenordner dem Benutzer von Linegate geben oder „dataDir“ in der Stationsdatei berichtigen.',
  },
  other: {
    what: 'Aufzeichnungen lassen sich nicht auf die Platte schreiben.',
    toDo: 'Instandhaltung rufen und das Protokoll dieser Station an den Hersteller senden.',
  },
} as const satisfies Record<StoreFaultKind, Omit<AlarmWords, 'meanwhile'>>;

export const alarmsDe: AlarmTexts = {
  'line-away': () => ({ what: 'Die Prüfung läuft nicht.', ...lineAway }),
  ...certificatesDe,
  ...lostPicturesDe,
  ...picturesDe,
  'line-safe': ({ crashes }) => ({
    what: `Die Prüfung ist in wenigen Minuten ${crashes}-mal abgestürzt und steht im sicheren Zustand.`,
    meanwhile: 'Die SPS behandelt jedes Teil nach dem Notverhalten. Nichts wird geprüft; jede halbe Minute wird es versucht.',
    toDo: 'Instandhaltung rufen: Protokoll und „linegate doctor“ nennen die Ursache. Ist sie behoben, hier neu starten.',
  }),
  'records-crashing': ({ crashes }) => ({
    what: `Was aufzeichnet und diesen Bildschirm versorgt, endete in den letzten Minuten ${crashes}-mal.`,
    meanwhile: 'Teile werden weiter sortiert. Aufzeichnungen warten in der Prüfung, bis sie bleiben können.',
    toDo: 'Instandhaltung rufen: das Protokoll nennt die Ursache.',
  }),
  'line-silent': () => ({ what: 'Die Prüfung antwortet nicht.', ...lineAway }),
  'consecutive-rejects': ({ lane, does, rejects }) => ({
    what: `Spur ${lane}: ${rejects} Teile in Folge wurden ausgeworfen.`,
    meanwhile: while_[does],
    toDo: `Die letzten Auswürfe ansehen: liegt es an den Teilen, am Licht oder an der Kamera? ${reset}`,
  }),
  'reject-rate': ({ lane, does, rejects, parts }) => ({
    what: `Spur ${lane}: ${rejects} der letzten ${parts} Teile wurden ausgeworfen.`,
    meanwhile: while_[does],
    toDo: `Die Auswürfe der letzten Minuten ansehen: liegt es an den Teilen, am Licht oder an der Kamera? ${reset}`,
  }),
  'model-fault': ({ lane, does }) => ({
    what: `Spur ${lane}: das Modell gab Werte, die keine Wahrscheinlichkeiten sind.`,
    meanwhile: while_[does],
    toDo: `Instandhaltung rufen: „linegate model check“ prüft das Modell. ${reset}`,
  }),
  'fail-safe-stop': ({ lane, does, reason }) => ({
    what: `Spur ${lane}: ein Teil wurde nicht geprüft (${de.reason[reason] ?? reason}).`,
    meanwhile: while_[does],
    toDo: `Das nicht geprüfte Teil herausnehmen und die Ursache beheben. ${reset}`,
  }),
  'gate-missed': ({ lane, does, partId }) => ({
    what: `Spur ${lane}: Teil ${partId}, das hinaus sollte, kann die Weiche passiert haben.`,
    meanwhile: while_[does],
    toDo: `Das schlechte Teil herausnehmen: es liegt hinter der Weiche. Die Verbindung zur SPS und die Zeiten der Weiche prüfen. ${reset}`,
  }),
  'challenge-failed': ({ lane, does, partId }) => ({
    what: `Spur ${lane}: der Prüflauf mit Teil ${partId} ist misslungen.`,
    meanwhile: while_[does],
    toDo: `Alles seit dem letzten guten Prüflauf sperren; Kamera, Modell und Weiche ansehen. Den Prüflauf wiederholen. ${reset}`,
  }),
  'gate-restarted': ({ lane, failSafe }) => ({
    what: `Spur ${lane}: die Prüfung endete und wurde neu gestartet, während Teile zwischen Kamera und Weiche gewesen sein können.`,
    meanwhile:
      failSafe === 'pass-and-mark'
        ? 'Alles, was dort lag, läuft unsortiert weiter, auch was hinaus sollte.'
        : 'Alles, was dort lag, geht hinaus, ob gut oder schlecht.',
    toDo: `${failSafe === 'pass-and-mark' ? 'Diese Teile ansehen: in ihren Einträgen ist der Ausgang an der Weiche unbekannt.' : 'Gute Teile sind unter denen im Behälter.'} ${reset}`,
  }),
  'camera-runaway': ({ lane }) => ({
    what: `Spur ${lane}: die Kamera sendet mehr Bilder, als das Rezept erlaubt.`,
    meanwhile: 'Bilder darüber werden nicht angesehen; ein Teil, das nur sie zeigen, folgt dem Notverhalten.',
    toDo: 'Auslösung und Bildrate der Kamera prüfen oder die Grenze im Rezept.',
  }),
  'camera-lost': ({ lane }) => ({
    what: `Spur ${lane}: die Kamera gibt keine Bilder.`,
    meanwhile: 'Jedes Teil wird zum „Fehler“, die Weiche folgt dem Notverhalten. Die Kamera wird immer wieder versucht.',
    toDo: 'Kabel, Strom und Licht der Kamera prüfen. Bleibt es so, Instandhaltung rufen.',
  }),
  'camera-ended': ({ lane }) => ({
    what: `Spur ${lane}: die Aufnahme ist zu Ende.`,
    meanwhile: 'Kein Bild wird mehr geprüft.',
    toDo: 'Die Station neu starten, um sie nochmals zu spielen, oder eine andere Kamera einstellen.',
  }),
  'plc-away': ({ lane, endpoint }) => ({
    what: `Spur ${lane}: die SPS unter ${endpoint} ist nicht verbunden.`,
    meanwhile: noGate,
    toDo: 'Prüfen, ob die SPS läuft, und ihr Netzkabel. Die Verbindung wird immer wieder versucht.',
  }),
  'plc-stale': ({ lane, endpoint }) => ({
    what: `Spur ${lane}: die SPS unter ${endpoint} ist verbunden, gibt aber kein Lebenszeichen.`,
    meanwhile: noGate,
    toDo: 'Prüfen, ob das Programm der SPS läuft (RUN) und ihr Netz nicht überlastet ist.',
  }),
  'plc-refused': ({ lane, endpoint }) => ({
    what: `Spur ${lane}: die SPS unter ${endpoint} und diese Station vertrauen einander nicht.`,
    meanwhile: noGate,
    toDo: 'Instandhaltung: Zertifikate auf beiden Seiten freigeben, Benutzer und Kennwort prüfen.',
  }),
  'fail-safe': ({ lane }) => ({
    what: `Spur ${lane}: die Weiche ist im Notverhalten.`,
    meanwhile: 'Die SPS entscheidet über jedes Teil nach der Regel des Rezepts, nicht nach dem Urteil.',
    toDo: 'Zuerst die anderen Alarme ansehen. Gibt es keinen, das Notverhalten an der SPS quittieren.',
  }),
  'line-stopped': ({ lane }) => ({
    what: `Spur ${lane}: das Band steht.`,
    meanwhile: 'Es kommen keine Teile. Die Prüfung ist bereit.',
    toDo: 'Das Band starten, wenn es weitergehen soll.',
  }),
  bypass: ({ lane, mode }) => ({
    what: `Spur ${lane}: die Weiche steht auf ${modes[mode]}. Schlechte Teile werden nicht ausgeworfen.`,
    meanwhile: 'Jedes Teil läuft durch, gleich welches Urteil. Teile werden geprüft und aufgezeichnet.',
    toDo: 'Zurückhalten, was inzwischen gefertigt wurde, und die SPS auf Automatik stellen.',
  }),
  'bin-full': ({ lane }) => ({
    what: `Spur ${lane}: der Auswurfbehälter ist voll.`,
    meanwhile: 'Urteile gehen an die Weiche; ausgeworfene Teile verlassen das Band vielleicht nicht.',
    toDo: 'Den Auswurfbehälter leeren.',
  }),
  'no-air': ({ lane }) => ({
    what: `Spur ${lane}: die Weiche hat keine Druckluft.`,
    meanwhile: 'Urteile gehen an die Weiche, aber sie kann sich nicht bewegen.',
    toDo: 'Das Band anhalten und nach der Druckluft sehen.',
  }),
  'records-full': () => ({
    what: 'In der Prüfung können keine weiteren Aufzeichnungen warten.',
    meanwhile:
      'Kein Urteil geht an die Weiche: die SPS wendet ihr Notverhalten an. Teile ohne Aufzeichnung sind eine vermerkte Lücke.',
    toDo: 'Sofort Instandhaltung rufen: die Platte nimmt nichts an. Danach geht es von selbst weiter.',
  }),
  'records-waiting': ({ records }) => ({
    what: `${records} Aufzeichnungen warten auf die Platte.`,
    meanwhile: 'Teile werden weiter sortiert. Ist die Warteschlange voll, gilt das Notverhalten.',
    toDo: 'Wächst die Zahl weiter, Instandhaltung rufen: die Platte ist zu langsam.',
  }),
  'disk-low': ({ usedPercent, freeBytes }) => ({
    what: `Die Platte ist zu ${usedPercent} % voll; ${roomOf(freeBytes)} sind frei.`,
    meanwhile: 'Keine Aufzeichnung ist verloren. Zuerst machen Bilder Platz, dann die ältesten Aufzeichnungen guter Teile.',
    toDo: 'Instandhaltung: Platz auf der Platte schaffen oder eine größere einbauen.',
  }),
  'mes-away': ({ reports }) => ({
    what: 'Das MES ist nicht verbunden.',
    meanwhile: `Die Produktion läuft. ${number(reports, 'Meldung wartet', 'Meldungen warten')} auf der Platte, bis es sie nimmt.`,
    toDo: 'Nennt der Hinweis für die Instandhaltung ein Zertifikat, ein Kennwort oder eine Einstellung, stellt sie es richtig, wie er sagt. Sonst soll es wissen, wer das MES oder das Werksnetz betreut.',
  }),
  'mes-refuses': ({ what, reports }) => ({
    what: what === 'reports' ? 'Das MES ist da, nimmt aber keine Meldungen.' : 'Das MES ist da, gibt aber keine Aufträge.',
    meanwhile:
      what === 'reports'
        ? `Die Produktion läuft. ${number(reports, 'Meldung wartet', 'Meldungen warten')} auf der Platte; es wird von selbst weiter versucht.`
        : 'Die Produktion läuft mit dem laufenden Auftrag, Meldungen werden gesendet; es wird von selbst weiter versucht.',
    toDo: 'Wer das MES betreut, soll wissen, was es zuletzt gesagt hat.',
  }),
  'mes-fetches-none': ({ reports }) => ({
    what: 'Das MES hat seit zehn Minuten keine Ergebnisse abgeholt.',
    meanwhile: `Die Produktion läuft. ${number(reports, 'Meldung wartet', 'Meldungen warten')} auf der Platte, bis es sie abholt.`,
    toDo: 'Wer das MES oder das Werksnetz betreut, soll es wissen.',
  }),
  'reports-refused': ({ reports }) => ({
    what: `Das MES hat ${number(reports, 'Meldung', 'Meldungen')} endgültig abgelehnt.`,
    meanwhile: 'Die Produktion läuft; die Aufzeichnungen bleiben hier, andere Meldungen werden gesendet.',
    toDo: 'Qualität: mit den Betreuern des MES klären, warum es sie nicht nimmt.',
  }),
  'records-missing': ({ lane, first, last, gaps, parts, cause }) => ({
    what:
      cause === 'damage'
        ? `Spur ${lane}: was ${gaps === 1 ? '' : `an ${gaps} Stellen `}unter den Nummern ${first} bis ${last} aufgezeichnet war, falls es sie gab, ist verloren.`
        : `Spur ${lane}: ${number(parts, 'Teil hat', 'Teile haben')} keine Aufzeichnung (${gaps === 1 ? '' : `an ${gaps} Stellen, `}Nummern ${first} bis ${last}).`,
    meanwhile: 'Jede Lücke ist vermerkt. Was über diese Teile entschieden wurde, ist hier nicht bekannt.',
    toDo: 'Qualität: über die Teile dieser Zeit nach den Zählern der SPS entscheiden.',
  }),
  'records-set-aside': ({ records }) => ({
    what: `${number(records, 'Aufzeichnung war', 'Aufzeichnungen waren')} nicht lesbar und liegen beiseite.`,
    meanwhile: 'Die Teile wurden sortiert; diese Aufzeichnungen werden weder gezählt noch gemeldet.',
    toDo: 'Das Protokoll dieser Station an den Hersteller senden.',
  }),
  'store-fault': ({ kind }) => ({
    meanwhile:
      'Teile werden weiter sortiert. Ihre Aufzeichnungen warten einige Minuten lang im Speicher; ist er voll, gilt das Notverhalten.',
    ...storeFaults[kind],
  }),
  damaged: () => ({
    what: 'Die Datei der Aufzeichnungen war beschädigt.',
    meanwhile: 'Produktion und Aufzeichnung gehen weiter. Die beschädigte Datei liegt im Ordner „damaged“ daneben.',
    toDo: `${quality} Instandhaltung: die Platte prüfen; eine gute beschädigt keine Dateien.`,
  }),
  'log-lost': () => ({
    what: 'Die letzten Aufzeichnungen vor einem Halt können verloren sein.',
    meanwhile: 'Produktion und Aufzeichnung gehen weiter. Die Nummern der Teile gehen weiter oben weiter.',
    toDo: `${quality} Instandhaltung: herausfinden, wer oder was den Datenordner berührt hat.`,
  }),
  restored: () => ({
    what: 'Die Aufzeichnungen dieser Station sind eine zurückgespielte Sicherung.',
    meanwhile: 'Produktion und Aufzeichnung gehen weiter. Die Nummern der Teile gehen weit über denen der Sicherung weiter.',
    toDo: `${quality} Was nach der Sicherung aufgezeichnet wurde, ist nur noch dort, wohin es gemeldet oder ausgegeben wurde.`,
  }),
  'clock-step': () => ({
    what: 'Die Uhr dieser Station ging falsch.',
    meanwhile: 'Produktion und Aufzeichnung gehen weiter, in der Reihenfolge der Nummern, was immer die Uhr sagt.',
    toDo: 'Instandhaltung: den Zeitserver prüfen, wenn das wieder kommt.',
  }),
};
