/** What the window says before the station answers. */
export interface Waiting {
  title: string;
  /** What happens now · what the line does meanwhile · what to do if it stays. */
  lines: readonly string[];
}

export type WaitingFor = 'start' | 'answer' | 'again';

const english: Record<WaitingFor, Waiting> = {
  start: {
    title: 'The station starts',
    lines: [
      'It opens the camera, loads and checks the model, connects to the PLC and opens the records.',
      'Until it is ready, the PLC applies its fail-safe to every part.',
      'This takes a few seconds. If it stays, call maintenance: “linegate doctor” names the cause.',
    ],
  },
  answer: {
    title: 'Waiting for the station',
    lines: [
      'The station does not answer yet.',
      'If it runs, it sorts on without this screen.',
      'It is tried again by itself. If this stays, look at the station and at the network.',
    ],
  },
  again: {
    title: 'The station is started again',
    lines: [
      'It has ended without being asked to.',
      'Until it is ready, the PLC applies its fail-safe to every part.',
      'If this comes again, call maintenance: “linegate doctor” names the cause.',
    ],
  },
};

const german: Record<WaitingFor, Waiting> = {
  start: {
    title: 'Die Station startet',
    lines: [
      'Sie öffnet die Kamera, lädt und prüft das Modell, verbindet sich mit der SPS und öffnet die Datensätze.',
      'Bis sie bereit ist, behandelt die SPS jedes Teil nach dem Notverhalten.',
      'Das dauert einige Sekunden. Bleibt es so, rufen Sie die Instandhaltung: „linegate doctor“ nennt die Ursache.',
    ],
  },
  answer: {
    title: 'Wartet auf die Station',
    lines: [
      'Die Station antwortet noch nicht.',
      'Wenn sie läuft, sortiert sie ohne diesen Bildschirm weiter.',
      'Es wird von selbst wieder versucht. Bleibt es so, sehen Sie nach Station und Netzwerk.',
    ],
  },
  again: {
    title: 'Die Station wird neu gestartet',
    lines: [
      'Sie hat sich unaufgefordert beendet.',
      'Bis sie bereit ist, behandelt die SPS jedes Teil nach dem Notverhalten.',
      'Kommt das wieder vor, rufen Sie die Instandhaltung: „linegate doctor“ nennt die Ursache.',
    ],
  },
};

/** One page without a script, a link or a file, as an address to load; `file:` stays unused (security checklist, 18). */
export const waitingPage = (waitingFor: WaitingFor, locale: string): string => {
  const isGerman = locale.toLowerCase().startsWith('de');
  const { title, lines } = (isGerman ? german : english)[waitingFor];
  const html = `<!doctype html><html lang="${isGerman ? 'de' : 'en'}"><meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title><style>${style}</style>
<main role="status"><div class="belt"><i></i><i></i><i></i></div><h1>${title}</h1>
${lines.map((line) => `<p>${line}</p>`).join('\n')}</main></html>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
};

const style = `
  html { background: #cfd3d6; color: #14181c; font: 22px/1.5 Inter, system-ui, sans-serif; height: 100%; }
  body { margin: 0; height: 100%; display: grid; place-items: center; }
  main { max-width: 38em; padding: 2em; }
  h1 { font-size: 2.2em; margin: .4em 0; }
  p { margin: .5em 0; }
  .belt { display: flex; gap: 1.2em; overflow: hidden; padding-bottom: .6em; border-bottom: 6px solid #4a535b; }
  i { width: 2.2em; height: 1.6em; background: #4a535b; animation: go 2.4s linear infinite; }
  @keyframes go { from { transform: translateX(0); } to { transform: translateX(3.4em); } }
  @media (prefers-reduced-motion: reduce) { i { animation: none; } }
`;
