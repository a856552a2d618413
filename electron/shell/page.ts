import { backoffMs } from '../base/backoff.ts';

/** What a page tells of itself, or its window of it (`loading`, `waiting`: another page is shown until the station answers). */
export type PageSign = 'shown' | 'blank' | 'hidden' | 'loading' | 'waiting';

/** What is known of the page in the window. Times are monotonic milliseconds. */
export interface PageState {
  /** Its process has ended. */
  isGone: boolean;
  /** The last sign of life. */
  seenAtMs: number;
  /** What it was, and since when it has been the same. */
  sign: { is: PageSign; sinceMs: number };
  /** When this page was asked for. */
  loadedAtMs: number;
  /** Pages in a row that went wrong. */
  failures: number;
}

export type PageStep =
  | { do: 'nothing'; because: string }
  /** Load the address once more. */
  | { do: 'reload'; because: string }
  /** End the window with its process and open another. */
  | { do: 'recreate'; because: string };

/** Together with the time to load a page, three seconds at most. // faults #70 */
const hungMs = 1000;
const blankMs = 600;
/** A station that is far away, or busy. */
const loadingMs = 10_000;
/** Who fails again and again is given more and more time: a slow machine must not be made slower. */
const mostPatienceMs = 30_000;
const firstWaitMs = 200;
/** After so long a fault counts as the first. */
const goodMs = 10_000;

/** A page that was just asked for, after so many that went wrong. */
export const newPage = (nowMs: number, failures = 0): PageState => ({
  ...{ isGone: false, seenAtMs: nowMs, loadedAtMs: nowMs, failures },
  sign: { is: 'loading', sinceMs: nowMs },
});

/** What is to be done about the page now. // faults #70: reload, then recreate */
export const planPage = ({ isGone, seenAtMs, sign, loadedAtMs, failures }: PageState, nowMs: number): PageStep => {
  const again = failures === 0 ? 'reload' : 'recreate';
  const patience = (ms: number): number => backoffMs(failures, ms, mostPatienceMs);
  const sameMs = nowMs - sign.sinceMs;
  if (isGone) {
    if (failures > 0 && nowMs - loadedAtMs < patience(firstWaitMs)) return { do: 'nothing', because: 'it ended a moment ago' };
    return { do: again, because: 'its process has ended' };
  }
  // A browser lets a page that nobody sees hardly run.
  if (sign.is === 'hidden') return { do: 'nothing', because: 'nobody sees it' };
  // A page that hangs does not hear that it should load again.
  if (nowMs - seenAtMs > patience(hungMs)) return { do: 'recreate', because: 'it gives no sign of life' };
  if (sign.is === 'blank' && sameMs > patience(blankMs)) return { do: again, because: 'it shows nothing' };
  if (sign.is === 'loading' && sameMs > patience(loadingMs)) return { do: again, because: 'it does not load' };
  return { do: 'nothing', because: 'it works' };
};

/** A sign of the page has come. */
export const seen = (before: PageState, is: PageSign, nowMs: number): PageState => ({
  ...before,
  seenAtMs: nowMs,
  sign: is === before.sign.is ? before.sign : { is, sinceMs: nowMs },
  failures: is === 'shown' && nowMs - before.loadedAtMs > goodMs ? 0 : before.failures,
});

const signs = ['shown', 'blank', 'hidden'] as const satisfies PageSign[];

/** The sign of life in an address that the page asks for (`renderer/api/alive.ts`); `null` in any other. */
export const signIn = (url: string, home: URL): PageSign | null => {
  if (!URL.canParse(url)) return null;
  const { origin, pathname } = new URL(url);
  return (origin === home.origin && signs.find((is) => pathname === `/alive/${is}`)) || null;
};
