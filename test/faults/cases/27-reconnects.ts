import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { openLiveMemory } from '../liveMemory.ts';
import { connections, pidOf, startGateRig, until, useOf } from '../link.ts';

const mostGrowthMiB = 10;
/**
 * What is loaded and compiled once is no leak, nor is the room that the engine takes before it collects all: it lets the heap
 * grow to three times of what lives in it (`base/shortPauses.ts`), which takes some 500 cuts.
 */
const warmUp = { full: 600, short: 20 };
/** The simulated PLC holds 20 sessions, and each cut leaves one behind until it times out. */
const betweenMs = 200;

/** The connection is cut again and again. */
export const fault: Fault = {
  numbers: [27],
  name: 'connection cut again and again',
  toPass: '1,000 times: resident memory grows ≤ 10 MB, open files stay',
  quick: false,
  async run({ full }) {
    const rig = await startGateRig(20);
    try {
      const pid = pidOf(rig.station.process('line'));
      const reconnect = async (times: number): Promise<void> => {
        for (let i = 0; i < times; i++) {
          const before = await connections(rig);
          rig.proxy.knob('cut', '');
          // The link may be up again before one has looked at it.
          await until(async () => (await connections(rig)) > before);
          await rig.untilLink(['connected']);
          await sleep(betweenMs);
        }
      };
      const memory = await openLiveMemory(pid);
      await reconnect(full ? warmUp.full : warmUp.short);
      const before = { ...useOf(pid), liveMiB: await memory.mib() };
      const times = full ? 1000 : 60;
      await reconnect(times);
      const after = { ...useOf(pid), liveMiB: await memory.mib() };
      memory.close();
      const [grownMiB, moreFiles] = [after.rssMiB - before.rssMiB, after.files - before.files];
      // Tells a leak from room that the engine has taken and not yet collected.
      const liveGrownMiB = after.liveMiB - before.liveMiB;
      return {
        happened: `Cut ${times} times and connected again each time.`,
        measured: { times, grownMiB, liveGrownMiB, moreFiles },
        passed: grownMiB <= mostGrowthMiB && moreFiles <= 0,
      };
    } finally {
      await rig.stop();
    }
  },
};
