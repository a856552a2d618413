import { type BrowserServer, chromium } from 'playwright-core';
import { installedBrowser } from '../ui/browser.ts';

/** The operator's window, as Chromium shows it. */
export interface Window {
  /** Ends it as a crash would, and opens it again. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the screen at `url`; `null` where no Chromium is. */
export const openWindow = async (url: string): Promise<Window | null> => {
  if (installedBrowser === null) return null;
  const executablePath = installedBrowser;
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
    close: () => server.close(),
  };
};
