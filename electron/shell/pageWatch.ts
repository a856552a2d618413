import { newPage, type PageSign, planPage, seen } from './page.ts';

/** What the watch needs of a window; Electron's, or that of any browser. */
export interface PageWindow {
  /** What the window itself knows: it waits for the station, it loads the page, or that is for the page to say. */
  phase(): 'waiting' | 'loading' | 'open';
  /** Loads the address once more. */
  reload(): void;
  /** Ends the window with its process and opens another. */
  recreate(): void;
}

export interface PageWatch {
  /** The page has given a sign of life. */
  seen(sign: PageSign): void;
  /** Its process has ended. */
  gone(): void;
  close(): void;
}

const lookEveryMs = 200;

/** Watches the page in `window` and has it loaded or made again when `page.ts` says so, until it is closed. */
export const watchPage = (window: PageWindow, now: () => number): PageWatch => {
  let state = newPage(now());
  const look = (): void => {
    const phase = window.phase();
    if (phase !== 'open') state = seen(state, phase, now());
    const step = planPage(state, now());
    if (step.do === 'nothing') return;
    state = newPage(now(), state.failures + 1);
    if (step.do === 'reload') window.reload();
    else window.recreate();
  };
  const timer = setInterval(look, lookEveryMs);
  return {
    seen(sign) {
      // What the last page still had to say is no news of the one that loads.
      if (window.phase() === 'open') state = seen(state, sign, now());
    },
    gone() {
      state = { ...state, isGone: true };
      look();
    },
    close: () => clearInterval(timer),
  };
};
