import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { type Rig, startRig } from '../../../electron/cli/bench/rig.ts';
import { freePort } from '../../../electron/cli/freePort.ts';
import { keepWindow } from '../../../electron/cli/kiosk.ts';
import { installedBrowser } from '../../ui/browser.ts';
import type { Fault } from '../fault.ts';
import { pidOf, until } from '../link.ts';

const restMs = 1000;
/** A window that stood for so long had opened well: the next is opened at once. */
const calmMs = 10_500;
const patienceMs = 60_000;
const allowedMs = 5000;

/** What keeps the demo's window open, with Chromium in place of Electron. */
const openKept = async (browser: string, url: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-window-'));
  const port = await freePort(19_222);
  const address = `http://127.0.0.1:${port}`;
  const args = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    `--user-data-dir=${folder}`,
    `--remote-debugging-port=${port}`,
  ];
  let window: ChildProcess | undefined;
  const close = keepWindow(() => (window = spawn(browser, [...args, url], { stdio: 'ignore' })));

  /** The station's state is on the page. */
  const isLive = async (): Promise<boolean> => {
    const looking = await chromium.connectOverCDP(address, { timeout: 2000 }).catch(() => null);
    const page = looking?.contexts()[0]?.pages()[0];
    const live = await page?.evaluate(`document.querySelector('[data-link="live"]') !== null`).catch(() => false);
    await looking?.close();
    return live === true;
  };
  return {
    isLive,
    pid: () => window?.pid,
    async close() {
      const gone = new Promise((resolve) => window?.once('exit', resolve));
      close();
      await gone;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
};

/** Kills the window as the kernel would for want of memory; how long each time until the screen is back. */
const killAgainAndAgain = async (window: Awaited<ReturnType<typeof openKept>>, times: number): Promise<number[]> => {
  const back: number[] = [];
  for (let i = 0; i < times; i++) {
    await sleep(calmMs);
    process.kill(pidOf(window), 'SIGKILL');
    back.push(await until(window.isLive, patienceMs));
  }
  return back;
};

const measure = async (rig: Rig, browser: string, times: number) => {
  const window = await openKept(browser, rig.url);
  try {
    await until(window.isLive, patienceMs);
    await sleep(restMs);
    const before = (await rig.figures()).lane.dropped;
    const back = await killAgainAndAgain(window, times);
    const dropped = (await rig.figures()).lane.dropped - before;
    return { times, worstBackMs: Math.max(...back), dropped };
  } finally {
    await window.close();
  }
};

/** The operator's window is killed, as when memory runs out. */
export const fault: Fault = {
  numbers: [18],
  name: 'window killed',
  toPass: `0 frames dropped, screen back ≤ ${allowedMs} ms`,
  quick: false,
  async run({ full }) {
    if (installedBrowser === null)
      return { happened: '', measured: {}, passed: false, skipped: 'There is no Chromium on this machine.' };
    const rig = await startRig(['--rate', '60'], () => undefined);
    try {
      const measured = await measure(rig, installedBrowser, full ? 50 : 5);
      return {
        happened: `The window was killed ${measured.times} times and opened again each time.`,
        measured,
        passed: measured.worstBackMs <= allowedMs && measured.dropped === 0,
      };
    } finally {
      await rig.stop();
    }
  },
};
