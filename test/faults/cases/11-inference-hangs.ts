import { setTimeout as sleep } from 'node:timers/promises';
import { emptyBelt, letBy } from '../counted.ts';
import type { Fault } from '../fault.ts';
import { type Outage, outageOf, worstOf } from '../outage.ts';
import { startStubbedRig } from '../stubbed.ts';

const rate = 60;
/** Long enough that the process has run well before the next time. */
const restMs = 3000;

/** The model does not come back from a frame. */
export const fault: Fault = {
  numbers: [11],
  name: 'inference hangs',
  toPass: 'fail-safe ≤ 50 ms, inspecting again ≤ 1 s, no part passes uninspected, each time',
  quick: false,
  async run({ full }) {
    const times = full ? 50 : 3;
    const rig = await startStubbedRig(['--rate', `${rate}`]);
    try {
      await emptyBelt(rig);
      const going = letBy(rig, (rate * (times + 1) * restMs) / 1000);
      const outages: Outage[] = [];
      for (let i = 0; i < times; i++) {
        await sleep(restMs / 2);
        const sinceMs = await rig.hang();
        await sleep(restMs / 2);
        outages.push(await outageOf(rig, sinceMs));
      }
      const { lane, plc, came } = await going;
      const worst = worstOf(outages);
      return {
        happened: `Hung ${times} times; of ${came.parts} parts ${lane.error} were not inspected, and were ejected.`,
        measured: {
          times,
          ...worst,
          parts: came.parts,
          errors: lane.error,
          escapes: plc.escapes,
          wrongActions: plc.wrongActions,
        },
        passed: worst.worstFailSafeMs <= 50 && worst.worstBackMs <= 1000 && plc.escapes === 0 && plc.wrongActions === 0,
      };
    } finally {
      await rig.stop();
    }
  },
};
