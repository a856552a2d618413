import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { monoMs } from '../../electron/base/clock.ts';
import { signIn } from '../../electron/shell/page.ts';
import { watchPage } from '../../electron/shell/pageWatch.ts';
import { below, commandOf, end } from './processes.ts';
import { launchKioskBrowser } from './window.ts';

/** The kiosk's own watch over its page, with a window of Chromium in place of Electron's. */
export interface TestKiosk {
  /** Kills the process that draws the page. */
  crash(): void;
  /** An endless loop in the page. */
  hang(): void;
  /** The page shows nothing any more, and still answers. */
  blank(): void;
  /** The station's state is on the page, and it is alive. */
  isLive(): Promise<boolean>;
  close(): Promise<void>;
}

/** A page that hangs does not answer this either. */
const answerWithinMs = 300;

/** Opens it on the screen at `url`; `null` where no Chromium is. */
export const openTestKiosk = async (url: string): Promise<TestKiosk | null> => {
  const server = await launchKioskBrowser();
  if (server === null) return null;
  const pid = server.process().pid ?? 0;
  const browser = await chromium.connect(server.wsEndpoint());
  let page: Page | null = null;
  let opened = 0;
  let isLoading = true;
  const home = new URL(url);

  const open = async (): Promise<void> => {
    const mine = ++opened;
    const last = page;
    page = null;
    isLoading = true;
    const next = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      userAgent: 'Electron/0 (Chromium in its place)',
    });
    if (mine !== opened) return next.close();
    page = next;
    next.on('crash', () => page === next && watch.gone());
    next.on('request', (request) => {
      const sign = signIn(request.url(), home);
      if (sign !== null && page === next) watch.seen(sign);
    });
    void last?.close().catch(() => undefined);
    await next.goto(url).catch(() => undefined);
    isLoading &&= mine !== opened;
  };
  // Where no page can be had at the moment, the watch asks again.
  const openAgain = (): void => void open().catch(() => undefined);
  const renderers = (): number[] => below(pid).filter((each) => commandOf(each).includes('--type=renderer'));
  const tell = (script: string): void => void page?.evaluate(script).catch(() => undefined);

  const watch = watchPage(
    {
      phase: () => (isLoading ? 'loading' : 'open'),
      // Chromium's driver cannot use a page again whose process has ended; Electron can.
      reload: openAgain,
      recreate() {
        // As the kiosk does: a new page may not come to live in a process that hangs.
        renderers().forEach(end);
        openAgain();
      },
    },
    monoMs,
  );
  await open();
  return {
    crash: () => renderers().forEach(end),
    hang: () => tell('for (;;);'),
    blank: () => tell('document.body.replaceChildren()'),
    async isLive() {
      const live = page?.evaluate(`document.querySelector('[data-link="live"]') !== null`).catch(() => false);
      return (await Promise.race([live, sleep(answerWithinMs, false)])) === true;
    },
    async close() {
      watch.close();
      await server.kill();
    },
  };
};
