import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { pidOf, startGateRig, useOf } from '../link.ts';

const delayMs = 500;
const lookEveryMs = 50;
const settleMs = 3000;
const mostWaiting = 2;
const mostGrowthMiB = 10;

/** Every answer of the PLC takes half a second more, each way. */
export const fault: Fault = {
  numbers: [24],
  name: 'slow PLC',
  toPass: 'queue ≤ 2, memory flat',
  quick: false,
  async run({ full }) {
    const rig = await startGateRig(60);
    try {
      const pid = pidOf(rig.station.process('line'));
      rig.proxy.knob('delay', `${delayMs}`);
      await sleep(settleMs);
      const before = useOf(pid);
      let worstWaiting = 0;
      const forMs = full ? 300_000 : 15_000;
      for (let ms = 0; ms < forMs; ms += lookEveryMs) {
        worstWaiting = Math.max(worstWaiting, (await rig.line()).plc.waiting);
        await sleep(lookEveryMs);
      }
      const grownMiB = useOf(pid).rssMiB - before.rssMiB;
      const { late } = await rig.line();
      rig.proxy.knob('delay', '0');
      const backMs = await rig.untilLink(['connected']);
      return {
        happened: `For ${forMs / 1000} s every answer took a second; ${late} verdicts were too late and not written.`,
        measured: { worstWaiting, grownMiB, late, backMs },
        passed: worstWaiting <= mostWaiting && grownMiB <= mostGrowthMiB,
      };
    } finally {
      await rig.stop();
    }
  },
};
