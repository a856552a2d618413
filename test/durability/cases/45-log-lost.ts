import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../../faults/fault.ts';
import { logDamages } from '../damage.ts';
import { forget, inspect, scratch } from '../inspect.ts';
import { copyStore, makeTemplates } from '../template.ts';

const records = 400;

/** Takes away or spoils what lies beside the file after a kill. */
export const fault: Fault = {
  numbers: [45],
  name: 'write-ahead log or shared memory deleted or garbage',
  toPass: 'starts; a loss is told, none is invented',
  quick: true,
  async run({ full }) {
    const rounds = full ? 20 : 3;
    const folder = scratch();
    const counts = { starts: 0, started: 0, hidden: 0, falseAlarms: 0 };
    try {
      const templates = makeTemplates(folder, records);
      for (let round = 0; round < rounds; round++)
        for (const { isLoss, damage } of logDamages) {
          const place = join(folder, 'damaged-one');
          mkdirSync(place);
          const file = join(place, 'records.sqlite');
          copyStore(templates.cut, file);
          damage(file);
          const { missing, isWhole, losses } = inspect(file, records);
          counts.starts += 1;
          if (isWhole) counts.started += 1;
          if (missing > 0 && losses === 0) counts.hidden += 1;
          if (!isLoss && missing === 0 && losses > 0) counts.falseAlarms += 1;
          forget(place);
        }
    } finally {
      forget(folder);
    }
    return {
      happened: `${counts.started} of ${counts.starts} were opened; ${counts.hidden} losses went untold.`,
      measured: counts,
      passed: counts.started === counts.starts && counts.hidden === 0 && counts.falseAlarms === 0,
    };
  },
};
