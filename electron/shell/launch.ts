import { parseArgs } from 'node:util';
import { PersonError } from '../base/errors.ts';

/** What this window is for. */
export type Launch =
  /** Looks at a station that someone else has started; closing the window ends only the window. */
  | { kind: 'view'; url: URL; isKiosk: boolean }
  /** Starts the station of this file and is its kiosk. */
  | { kind: 'station'; file: string; isKiosk: true };

const options = {
  url: { type: 'string' },
  station: { type: 'string' },
  kiosk: { type: 'boolean', default: false },
} as const;

/**
 * What the command line (`--url`, `--station`, `--kiosk`) or else the environment (`LINEGATE_URL`, `LINEGATE_STATION`)
 * asks for. Chromium's own switches may stand between ours. Throws {@link PersonError}.
 */
export const readLaunch = (args: readonly string[], env: Readonly<Record<string, string | undefined>>): Launch => {
  const { values } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true });
  const url = text(values.url) ?? env['LINEGATE_URL'];
  const file = text(values.station) ?? env['LINEGATE_STATION'];
  if (url !== undefined) return { kind: 'view', url: readUrl(url), isKiosk: values.kiosk === true };
  if (file !== undefined) return { kind: 'station', file, isKiosk: true };
  throw new PersonError(
    'This window does not know which station to show.',
    'Start it with --station FILE on the station itself, or with --url https://STATION elsewhere.',
  );
};

const text = (value: string | boolean | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** Electron's security checklist, 1: only secure content. Plain HTTP stays inside this computer. */
const readUrl = (given: string): URL => {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))) return url;
  throw new PersonError(
    `${given} is no address that this window may show.`,
    'Give the https:// address of a station; http:// is for this computer alone.',
  );
};

const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
