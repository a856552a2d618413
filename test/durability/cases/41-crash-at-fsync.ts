import { join } from 'node:path';
import type { Fault } from '../../faults/fault.ts';
import { forget, inspect, scratch } from '../inspect.ts';
import { promised } from '../powerCut.ts';
import { noTrace, traceWriter } from '../trace.ts';

const groups = '8';

/** Kills the writer at every flush and at every write, and opens what it left. */
export const fault: Fault = {
  numbers: [41],
  name: 'killed at every fsync and write',
  toPass: '0 acknowledged records lost, 0 files damaged',
  quick: false,
  async run({ full, say }) {
    const skipped = noTrace();
    if (skipped !== null) return { happened: '', measured: {}, passed: false, skipped };
    const folder = scratch();
    const counts = { kills: 0, lost: 0, damaged: 0 };
    try {
      for (const call of ['fsync', 'fdatasync', 'pwrite64']) {
        const step = full ? 1 : call === 'pwrite64' ? 40 : 4;
        for (let when = 1; ; when += step) {
          const place = join(folder, `${call}-${when}`);
          const { code, calls, file } = await traceWriter(place, [groups], [`${call}:signal=SIGKILL:when=${when}`]);
          // It came to its end: there are no more calls of this kind to be killed at.
          if (code === 0) break;
          const { missing, isWhole } = inspect(file, promised(calls, calls.length));
          counts.kills += 1;
          counts.lost += Math.max(0, missing);
          if (!isWhole) counts.damaged += 1;
          forget(place);
        }
        say(`  ${counts.kills} kills, the last at ${call}`);
      }
    } finally {
      forget(folder);
    }
    return {
      happened: `The writer was killed at ${counts.kills} calls; ${counts.lost} acknowledged records are missing.`,
      measured: counts,
      passed: counts.kills > 0 && counts.lost === 0 && counts.damaged === 0,
    };
  },
};
