import { join } from 'node:path';
import type { Fault } from '../../faults/fault.ts';
import { forget, inspect, scratch } from '../inspect.ts';
import { afterPowerCut, layOut, promised } from '../powerCut.ts';
import { type Call, noTrace, traceWriter } from '../trace.ts';

const groups = '8';
const giveUpAfterMs = '4000';
const kinds = ['fsync', 'fdatasync'];

/** How long after the first flush that failed the fault was told, milliseconds; `null` when it never was. */
const toldAfterMs = (calls: readonly Call[]): number | null => {
  const failed = calls.find((call) => call.do === 'sync' && !call.isDone);
  const told = calls.find((call) => call.do === 'said' && call.text.startsWith('fault'));
  return failed?.do === 'sync' && told?.do === 'said' ? told.atMs - failed.atMs : null;
};

/**
 * Lets each flush fail once, and every flush from some moment on. What was promised must lie on the disk of a machine
 * whose power goes right then, where writes that a failed flush dropped are gone.
 */
export const fault: Fault = {
  numbers: [42],
  name: 'fsync fails (EIO)',
  toPass: '0 false acknowledgements, told within 1 s, no process ends',
  quick: false,
  async run({ full, say }) {
    const skipped = noTrace();
    if (skipped !== null) return { happened: '', measured: {}, passed: false, skipped };
    const folder = scratch();
    const counts = { once: 0, forGood: 0, falseAcks: 0, damaged: 0, ended: 0, slowestTellMs: 0 };
    const judge = async (inject: string): Promise<boolean> => {
      const place = join(folder, inject.replaceAll(/\W/g, '-'));
      const { code, calls } = await traceWriter(place, [groups, giveUpAfterMs], [inject]);
      const failures = calls.filter((call) => call.do === 'sync' && !call.isDone).length;
      const file = layOut(
        afterPowerCut(calls, calls.length, () => 'gone'),
        join(place, 'cut'),
      );
      const { missing, isWhole } = inspect(file, promised(calls, calls.length));
      counts.falseAcks += Math.max(0, missing);
      if (!isWhole) counts.damaged += 1;
      // 0: all kept in the end; 3: it waited to the end of its time. Anything else is a crash.
      if (code !== 0 && code !== 3) counts.ended += 1;
      counts.slowestTellMs = Math.max(counts.slowestTellMs, toldAfterMs(calls) ?? 0);
      forget(place);
      return failures > 0;
    };
    try {
      for (const call of kinds) {
        for (let when = 1; await judge(`${call}:error=EIO:when=${when}`); when += full ? 1 : 5) counts.once += 1;
        say(`  each ${call} failed once: ${counts.once} runs`);
        for (let when = 1; await judge(`${call}:error=EIO:when=${when}+`); when += full ? 4 : 11) counts.forGood += 1;
        say(`  every ${call} failed from some moment on: ${counts.forGood} runs`);
      }
    } finally {
      forget(folder);
    }
    return {
      happened: `Flushes failed in ${counts.once + counts.forGood} runs; ${counts.falseAcks} records were acknowledged that a power cut would have taken.`,
      measured: counts,
      passed:
        counts.once > 0 && counts.falseAcks === 0 && counts.damaged === 0 && counts.ended === 0 && counts.slowestTellMs <= 1000,
    };
  },
};
