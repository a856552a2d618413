import { join } from 'node:path';
import type { Fault } from '../../faults/fault.ts';
import { forget, inspect, scratch } from '../inspect.ts';
import { afterPowerCut, type Fate, layOut, promised } from '../powerCut.ts';
import { noTrace, traceWriter } from '../trace.ts';

/** More than a thousand pages of log: a checkpoint and a log that begins anew are among the states. */
const groups = 160;

/** Fates for one state: all there, only what was flushed, or each write as chance will have it. */
const fates: readonly (() => Fate)[] = [
  () => 'there',
  () => 'gone',
  () => (['there', 'gone', 'torn'] as const)[Math.floor(Math.random() * 3)] ?? 'gone',
];

/** Records every write and flush of the store, and opens what a power cut would have left after each of them. */
export const fault: Fault = {
  numbers: [40],
  name: 'power cut',
  toPass: '0 acknowledged records lost, 0 files damaged, over 2,000 states and more',
  quick: true,
  async run({ full, say }) {
    const skipped = noTrace();
    if (skipped !== null) return { happened: '', measured: {}, passed: false, skipped };
    const folder = scratch();
    try {
      const { calls } = await traceWriter(folder, [`${full ? groups : 12}`]);
      const states = full ? calls.length : 120;
      const counts = { states, lost: 0, damaged: 0, falseAlarms: 0 };
      for (let state = 0; state < states; state++) {
        const count = Math.floor(((state + 1) * calls.length) / states);
        const file = layOut(afterPowerCut(calls, count, fates[state % fates.length] ?? (() => 'gone')), join(folder, 'cut'));
        const { missing, isWhole, losses } = inspect(file, promised(calls, count));
        counts.lost += Math.max(0, missing);
        if (!isWhole) counts.damaged += 1;
        counts.falseAlarms += losses;
        forget(join(folder, 'cut'));
        if (state % 500 === 499) say(`  ${state + 1} of ${states} states`);
      }
      return {
        happened: `${states} states after a power cut were opened; ${counts.lost} acknowledged records are missing.`,
        measured: counts,
        passed: counts.lost === 0 && counts.damaged === 0 && counts.falseAlarms === 0,
      };
    } finally {
      forget(folder);
    }
  },
};
