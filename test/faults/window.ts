import { fileURLToPath } from 'node:url';
import { type BrowserServer, chromium } from 'playwright-core';
import { installedBrowser } from '../ui/browser.ts';

/** The operator's window, as Chromium shows it. */
export interface Window {
  /** Ends it as a crash would, and opens it again. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the browser that the kiosk's window is made of here; `null` where no Chromium is. */
export const launchKioskBrowser = async (): Promise<BrowserServer | null> =>
  installedBrowser === null
    ? null
    : chromium.launchServer({
        executablePath: fileURLToPath(new URL('kiosk.sh', import.meta.url)),
        env: { ...process.env, LINEGATE_BROWSER: installedBrowser },
        args: ['--no-sandbox'],
      });

/** Opens the screen at `url`; `null` where no Chromium is. */
export const openWindow = async (url: string): Promise<Window | null> => {
  const open = async (): Promise<BrowserServer | null> => {
    const server = await launchKioskBrowser();
    if (server === null) return null;
    const browser = await chromium.connect(server.wsEndpoint());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // The API may be dead at this moment: then the page of the next opening is there.
    await page.goto(url).catch(() => undefined);
    return server;
  };
  let server = await open();
  if (server === null) return null;
  return {
    async crash() {
      await server?.kill();
      server = await open();
    },
    close: async () => server?.close(),
  };
};
