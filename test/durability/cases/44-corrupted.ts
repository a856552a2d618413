import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../../faults/fault.ts';
import { fileDamages } from '../damage.ts';
import { forget, inspect, scratch } from '../inspect.ts';
import { copyStore, makeTemplates } from '../template.ts';

const records = 6000;
const startWithinMs = 5000;

/** Damages the file in seven ways at random places, opens it twice, and sees whether all that is gone was told, to the number. */
export const fault: Fault = {
  numbers: [44],
  name: 'file of records corrupted',
  toPass: 'all start within 5 s, none crash-loops, no loss is hidden',
  quick: true,
  async run({ full }) {
    const corruptions = full ? 200 : 24;
    const folder = scratch();
    const counts = { corruptions, started: 0, hidden: 0, harmless: 0, slowestMs: 0, salvagedPercent: 0 };
    try {
      const templates = makeTemplates(folder, records);
      let salvaged = 0;
      for (let turn = 0; turn < corruptions; turn++) {
        const place = join(folder, 'damaged-one');
        mkdirSync(place);
        const file = join(place, 'records.sqlite');
        copyStore(turn % 2 === 0 ? templates.closed : templates.cut, file);
        fileDamages[turn % fileDamages.length]?.(file);
        const { missing, untold, isWhole, losses, openMs } = inspect(file, records);
        if (isWhole && openMs <= startWithinMs) counts.started += 1;
        if (untold > 0 || (missing > 0 && losses === 0)) counts.hidden += 1;
        if (missing === 0 && losses === 0) counts.harmless += 1;
        salvaged += records - missing;
        counts.slowestMs = Math.max(counts.slowestMs, openMs);
        forget(place);
      }
      counts.salvagedPercent = (100 * salvaged) / (corruptions * records);
    } finally {
      forget(folder);
    }
    return {
      happened: `${counts.started} of ${corruptions} damaged files were opened; ${counts.salvagedPercent.toFixed(0)} % of their records were still there.`,
      measured: counts,
      passed: counts.started === corruptions && counts.hidden === 0,
    };
  },
};
