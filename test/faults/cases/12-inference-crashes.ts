import { setTimeout as sleep } from 'node:timers/promises';
import { monoMs } from '../../../electron/base/clock.ts';
import { startRig } from '../../../electron/cli/bench/rig.ts';
import { emptyBelt, letBy } from '../counted.ts';
import type { Fault } from '../fault.ts';
import { type Outage, outageOf, visionPid, worstOf } from '../outage.ts';

const rate = 60;
/** Single crashes: the process has run well before the next. One that crashes again and again is to wait. */
const restMs = 3500;

/** The process that infers dies of a bad pointer. */
export const fault: Fault = {
  numbers: [12],
  name: 'inference process crashes',
  toPass: 'inspecting again ≤ 1 s, 0 wrong verdicts, `line` lives on, each time',
  quick: false,
  async run({ full }) {
    const times = full ? 100 : 5;
    const rig = await startRig(['--rate', `${rate}`], () => undefined);
    try {
      await emptyBelt(rig);
      const line = rig.station.process('line').pid();
      const going = letBy(rig, (rate * (times + 1) * restMs) / 1000);
      const outages: Outage[] = [];
      for (let i = 0; i < times; i++) {
        await sleep(restMs / 2);
        const sinceMs = monoMs();
        process.kill(visionPid(rig), 'SIGSEGV');
        await sleep(restMs / 2);
        outages.push(await outageOf(rig, sinceMs));
      }
      const { lane, plc, came } = await going;
      const worst = worstOf(outages);
      const lived = rig.station.process('line').pid() === line;
      return {
        happened: `Crashed ${times} times; of ${came.parts} parts ${lane.error} were not inspected, and were ejected.`,
        measured: {
          times,
          ...worst,
          parts: came.parts,
          errors: lane.error,
          escapes: plc.escapes,
          wrongActions: plc.wrongActions,
        },
        passed: worst.worstBackMs <= 1000 && plc.escapes === 0 && plc.wrongActions === 0 && lived,
      };
    } finally {
      await rig.stop();
    }
  },
};
