import { BrowserWindow } from 'electron';
import { setTimeout as sleep } from 'node:timers/promises';
import { untilHealthy } from './health.ts';
import { webPreferences } from './preferences.ts';
import { type WaitingFor, waitingPage } from './waitingPage.ts';

/** A page that answers to nothing for so long is ended and made anew (faults #70: back within 3 s). */
const patienceMs = 1500;
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
}

/**
 * Opens the window and keeps it: a page that has crashed, hangs or cannot be loaded is made anew; nothing of that reaches
 * the line. A kiosk window that was closed is opened again.
 */
export const openKiosk = (options: Options): Kiosk => {
  const { home, isKiosk, isProduction, locale, signal } = options;
  let window: BrowserWindow;
  let turn = 0;

  const show = async (waitingFor: WaitingFor): Promise<void> => {
    const mine = ++turn;
    const isMine = (): boolean => mine === turn && !window.isDestroyed() && !signal.aborted;
    await window.loadURL(waitingPage(waitingFor, locale)).catch(() => undefined);
    await untilHealthy(home, signal).catch(() => undefined);
    if (!isMine()) return;
    const isLoaded = await window.loadURL(home.href).then(
      () => true,
      () => false,
    );
    if (isLoaded || !isMine()) return;
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
    webContents.on('render-process-gone', () => void show('answer'));
    webContents.on('unresponsive', () => void endIfStillHung());
    if (isKiosk) window.on('closed', () => void reopen());
    void show('answer');
  };
  const endIfStillHung = async (): Promise<void> => {
    const { webContents } = window;
    const answered = new Promise<boolean>((resolve) => webContents.once('responsive', () => resolve(true)));
    if (await Promise.race([answered, sleep(patienceMs, false)])) return;
    if (!webContents.isDestroyed()) webContents.forcefullyCrashRenderer();
  };
  const reopen = async (): Promise<void> => {
    await sleep(againMs);
    if (!signal.aborted) open();
  };

  open();
  return { show: (waitingFor) => void show(waitingFor) };
};
