import type { tilesEn } from './tilesEn.ts';

/** German words of the tiles. */
export const tilesDe: typeof tilesEn = {
  camera: 'Kamera',
  plc: 'SPS und Weiche',
  mes: 'MES',
  model: 'Modell',
  unknown: 'unbekannt',
  meanwhile: 'Inzwischen',
  toDo: 'Zu tun',
  lastKnown: 'Zustand unbekannt: Die Prüfung meldet sich nicht.',
  cameraWord: { opening: 'öffnet', running: 'läuft', ended: 'am Ende', lost: 'verloren' },
  cameraTrouble: {
    opening: { what: 'Die Kamera wird geöffnet.', meanwhile: 'Das Notverhalten gilt.', toDo: 'Einige Sekunden warten.' },
    ended: { what: 'Die Aufzeichnung ist zu Ende.', meanwhile: 'Es wird nichts mehr geprüft.', toDo: 'Station neu starten.' },
    lost: {
      what: 'Die Kamera liefert keine Bilder.',
      meanwhile: 'Neuer Versuch läuft; Notverhalten gilt.',
      toDo: 'Kabel, Strom und Licht prüfen.',
    },
  },
  plcWord: {
    connecting: 'getrennt',
    connected: 'verbunden',
    stale: 'stumm',
    refused: 'abgelehnt',
  },
  plcTrouble: {
    connecting: {
      what: 'Die SPS antwortet nicht.',
      meanwhile: 'Sie wendet ihr Notverhalten an.',
      toDo: 'SPS und Netzwerk prüfen.',
    },
    stale: {
      what: 'Ihr Herzschlag fehlt.',
      meanwhile: 'Sie wendet ihr Notverhalten an.',
      toDo: 'Prüfen, ob die SPS in RUN ist.',
    },
    refused: {
      what: 'SPS und Station trauen sich nicht.',
      meanwhile: 'Sie wendet ihr Notverhalten an.',
      toDo: 'Zertifikate und Anmeldung prüfen.',
    },
    failSafe: {
      what: 'Die Weiche folgt dem Notverhalten.',
      meanwhile: 'Urteile bewegen sie nicht.',
      toDo: 'Alarme ansehen; an der SPS quittieren.',
    },
  },
  failSafeWord: 'Notverhalten',
  mesWord: {
    'not-configured': 'nicht eingerichtet',
    connecting: 'verbindet',
    connected: 'verbunden',
    away: 'weg',
    fetches: 'holt ab',
    refuses: 'lehnt ab',
  },
  mesTrouble: {
    connecting: {
      what: 'Das MES wird gerufen.',
      meanwhile: 'Meldungen warten auf der Platte.',
      toDo: 'Einige Sekunden warten.',
    },
    away: {
      what: 'Das MES ist nicht verbunden.',
      meanwhile: 'Produktion läuft; Meldungen warten.',
      toDo: 'Den Alarm ansehen.',
    },
    refuses: {
      what: 'Das MES ist da, nimmt oder gibt aber nicht alles.',
      meanwhile: 'Produktion läuft; es wird weiter versucht.',
      toDo: 'Den Alarm ansehen.',
    },
  },
  mesNone: 'Datensätze werden nur hier aufbewahrt.',
  modelNone: {
    what: 'Kein Modell ist geladen.',
    meanwhile: 'Das Notverhalten gilt.',
    toDo: 'Warten; dann Instandhaltung rufen.',
  },
  modelLoading: 'lädt',
  provider: { cpu: 'CPU', cuda: 'GPU (CUDA)', tensorrt: 'GPU (TensorRT)' },
};
