import { BrowserWindow } from 'electron';
import { setTimeout as sleep } from 'node:timers/promises';
import { monoMs } from '../base/clock.ts';
import { untilHealthy } from './health.ts';
import type { PageSign } from './page.ts';
import { type PageWindow, watchPage } from './pageWatch.ts';
import { webPreferences } from './preferences.ts';
import { type WaitingFor, waitingPage } from './waitingPage.ts';

const againMs = 300;

interface Options {
  home: URL;
  isKiosk: boolean;
  isProduction: boolean;
  locale: string;
  /** Ends with the shell. */
  signal: AbortSignal;
}

/** The one window. */
export interface Kiosk {
  /** Shows the waiting page until the station answers, then the station. */
  show(waitingFor: WaitingFor): void;
  /** The page has given a sign of life. */
  seen(sign: PageSign): void;
}

/**
 * Opens the window and keeps it: a page that has crashed, hangs, is blank or cannot be loaded is made anew (`page.ts`);
 * nothing of that reaches the line. A kiosk window that was closed is opened again.
 */
export const openKiosk = (options: Options): Kiosk => {
  const { home, isKiosk, isProduction, locale, signal } = options;
  let window: BrowserWindow;
  let turn = 0;
  let phase: ReturnType<PageWindow['phase']> = 'waiting';

  const show = async (waitingFor: WaitingFor): Promise<void> => {
    const mine = ++turn;
    phase = 'waiting';
    const isMine = (): boolean => mine === turn && !window.isDestroyed() && !signal.aborted;
    await window.loadURL(waitingPage(waitingFor, locale)).catch(() => undefined);
    await untilHealthy(home, signal).catch(() => undefined);
    if (!isMine()) return;
    phase = 'loading';
    const isLoaded = await window.loadURL(home.href).then(
      () => true,
      () => false,
    );
    if (!isMine()) return;
    if (isLoaded) {
      phase = 'open';
      return;
    }
    await sleep(againMs);
    if (isMine()) void show('answer');
  };

  const open = (): void => {
    window = new BrowserWindow({
      title: 'Linegate',
      width: 1280,
      height: 800,
      backgroundColor: '#cfd3d6',
      kiosk: isKiosk,
      autoHideMenuBar: true,
      webPreferences: webPreferences(isProduction),
    });
    window.removeMenu();
    const { webContents } = window;
    const mine = window;
    webContents.on('render-process-gone', () => mine === window && watch.gone());
    window.on('closed', () => mine === window && void closed());
    void show('answer');
  };
  /** By a person; a window that hung was replaced before it was closed. */
  const closed = async (): Promise<void> => {
    if (!isKiosk) return watch.close();
    await sleep(againMs);
    if (!signal.aborted) open();
  };
  const recreate = (): void => {
    const last = window;
    // The new page may not come to live in the old one's process.
    last.webContents.forcefullyCrashRenderer();
    open();
    last.destroy();
  };
  open();
  const watch = watchPage({ phase: () => phase, recreate, reload: () => void show('answer') }, monoMs);
  signal.addEventListener('abort', () => watch.close());
  return { show: (waitingFor) => void show(waitingFor), seen: watch.seen };
};
