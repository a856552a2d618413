import { setTimeout as sleep } from 'node:timers/promises';
import { startRig } from '../../../electron/cli/bench/rig.ts';
import type { Fault } from '../fault.ts';
import { openTestKiosk, type TestKiosk } from '../kiosk.ts';
import { until } from '../link.ts';

const restMs = 2000;
/** A kiosk that stood well for so long forgets old faults. */
const calmMs = 11_000;
const patienceMs = 60_000;
const allowedMs = 3000;

/** Breaks the page, sees that it is broken, and tells how long from then until the screen is back. */
const backAfter = async (kiosk: TestKiosk, breakIt: () => void): Promise<number> => {
  await sleep(calmMs);
  breakIt();
  const brokenMs = await until(async () => !(await kiosk.isLive()), patienceMs);
  const backMs = await until(() => kiosk.isLive(), patienceMs);
  await sleep(restMs);
  return brokenMs + backMs;
};

/** The page of the operator's screen crashes, hangs, or is white. */
export const fault: Fault = {
  numbers: [70],
  name: 'page crashes, hangs, is blank',
  toPass: `screen back ≤ ${allowedMs} ms each time, 0 frames dropped`,
  quick: false,
  async run({ full }) {
    const rig = await startRig(['--rate', '60'], () => undefined);
    const kiosk = await openTestKiosk(rig.url);
    try {
      if (kiosk === null) return { happened: '', measured: {}, passed: false, skipped: 'There is no Chromium on this machine.' };
      await until(() => kiosk.isLive(), patienceMs);
      const before = (await rig.figures()).lane.dropped;
      const times = full ? 20 : 2;
      const back: Record<'crash' | 'hang' | 'blank', number[]> = { crash: [], hang: [], blank: [] };
      for (let i = 0; i < times; i++)
        for (const what of ['crash', 'hang', 'blank'] as const) back[what].push(await backAfter(kiosk, kiosk[what]));
      const dropped = (await rig.figures()).lane.dropped - before;
      const worst = Math.max(...back.crash, ...back.hang, ...back.blank);
      return {
        happened: `The page crashed, hung and was blank ${times} times each, and was made anew each time.`,
        measured: {
          ...{ times, worstCrashMs: Math.max(...back.crash), worstHangMs: Math.max(...back.hang) },
          ...{ worstBlankMs: Math.max(...back.blank), dropped },
        },
        passed: worst <= allowedMs && dropped === 0,
      };
    } finally {
      await kiosk?.close();
      await rig.stop();
    }
  },
};
