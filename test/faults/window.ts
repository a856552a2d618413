import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserServer, chromium } from 'playwright-core';
import { installedBrowser } from '../ui/browser.ts';

/** The operator's window, as Chromium shows it. */
export interface Window {
  /** Ends it as a crash would, and opens it again. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

/** As the kiosk's user starts it: behind the line, and, whoever we are here, with no right to put itself before anything. */
const asKiosk = (browser: string): string => {
  const weak = process.getuid?.() === 0 ? 'setpriv --bounding-set=-sys_nice ' : '';
  return `#!/bin/sh\nexec ${weak}nice -n 5 ${browser} "$@"\n`;
};

/** Opens the screen at `url`; `null` where no Chromium is. */
export const openWindow = async (url: string): Promise<Window | null> => {
  if (installedBrowser === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'linegate-window-'));
  const executablePath = join(folder, 'kiosk');
  writeFileSync(executablePath, asKiosk(installedBrowser));
  chmodSync(executablePath, 0o700);
  const open = async (): Promise<BrowserServer> => {
    const server = await chromium.launchServer({ executablePath, args: ['--no-sandbox'] });
    const browser = await chromium.connect(server.wsEndpoint());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // The API may be dead at this moment: then the page of the next opening is there.
    await page.goto(url).catch(() => undefined);
    return server;
  };
  let server = await open();
  return {
    async crash() {
      await server.kill();
      server = await open();
    },
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
