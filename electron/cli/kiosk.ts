import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { backoffMs } from '../base/backoff.ts';
import { monoMs } from '../base/clock.ts';
import { givePriority, priorities } from '../base/priority.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Electron's binary, where it has been fetched; asking the package itself would start a download. */
const electronBinary = (): string | null => {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    const binary = join(folder, 'dist', 'electron');
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
};

/**
 * Opens the kiosk window on `url` and returns what closes it; `null` where there is no Electron, no built shell or no
 * display. The window is a viewer: closing it leaves the line alone.
 */
export const openKiosk = (url: string): (() => void) | null => {
  const binary = electronBinary();
  const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  if (binary === null || display === undefined || !existsSync(join(root, 'dist/shell/main.cjs'))) return null;
  return keepWindow(() => spawn(binary, [root], { env: { ...process.env, LINEGATE_URL: url }, stdio: 'ignore' }));
};

const firstWaitMs = 200;
const lastWaitMs = 10_000;
/** A window that stood for so long had opened well. */
const goodMs = 10_000;

/**
 * Opens a window and opens it again when it was killed or has crashed; one that a person has closed stays closed. Returns what
 * closes it for good. // faults #18
 */
export const keepWindow = (open: () => ChildProcess): (() => void) => {
  let window: ChildProcess;
  let again: NodeJS.Timeout | undefined;
  let failures = 0;
  let closed = false;
  const start = (): void => {
    const openedAtMs = monoMs();
    window = open();
    // Opening takes a whole core for a second, which the line needs first.
    givePriority(window.pid, priorities.showing);
    window.once('error', () => undefined);
    window.once('exit', (code) => {
      if (closed || code === 0) return;
      failures = monoMs() - openedAtMs > goodMs ? 0 : failures + 1;
      again = setTimeout(start, backoffMs(failures, firstWaitMs, lastWaitMs));
    });
  };
  start();
  return () => {
    closed = true;
    clearTimeout(again);
    window.kill();
  };
};
