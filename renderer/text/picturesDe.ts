import type { AlarmTexts, PictureFault } from '../../electron/contract/alarms.ts';

const line = 'Kommt es wieder vor: Kabel und Netz der Kamera und die Last der Station prüfen.';

/** Was geschehen ist und was zu tun ist. */
const faults = {
  black: ['das Bild ist schwarz', 'Licht, Objektivdeckel und Belichtungszeit prüfen.'],
  saturated: ['das Bild ist überbelichtet', 'Licht, Blende und Belichtungszeit prüfen.'],
  frozen: ['die Kamera zeigt immer wieder dasselbe Bild', 'Kamera aus- und einschalten. Bleibt es so, Instandhaltung rufen.'],
  blurred: ['das Bild ist unscharf', 'Objektiv reinigen und Schärfe prüfen.'],
  'wrong-format': [
    'die Kamera sendet Bilder anderer Größe oder Farbe',
    'Einstellungen der Kamera prüfen, dann die Station neu starten.',
  ],
  torn: ['ein Bild kam zerrissen an', line],
  'frame-lost': ['ein Bild der Kamera ging verloren', line],
  late: ['ein Bild kam nach dem nächsten', line],
  again: ['ein Bild kam doppelt', line],
} as const satisfies Record<PictureFault, readonly [string, string]>;

/** German sentences of what is wrong with a camera's pictures. */
export const picturesDe = {
  'camera-picture': ({ lane, why, frames }) => ({
    what: `Spur ${lane}: ${faults[why][0]} (${frames === 1 ? 'ein Bild' : `${frames} Bilder`} in letzter Zeit).`,
    meanwhile:
      why === 'again'
        ? 'Das zweite wird nicht angesehen. Jedes Teil hat sein eigenes Urteil.'
        : 'Ein Teil ohne gutes Bild wird zum „Fehler“, und die Weiche folgt dem Notverhalten.',
    toDo: faults[why][1],
  }),
} satisfies Partial<AlarmTexts>;
