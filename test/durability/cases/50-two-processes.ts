import type { Fault } from '../../faults/fault.ts';
import { aStation, startRecords } from '../station.ts';

/** Starts the process twice on one data folder, again and again, the first being killed in between. */
export const fault: Fault = {
  numbers: [50],
  name: 'two processes open the records',
  toPass: 'the second is refused, every time; after a kill the next is let in',
  quick: true,
  async run({ full }) {
    const rounds = full ? 20 : 3;
    using station = aStation(18_750);
    let refused = 0;
    let letIn = 0;
    for (let round = 0; round < rounds; round++) {
      const first = startRecords(station);
      await first.ready;
      letIn += 1;
      const second = startRecords(station);
      const [code] = (await second.exited) as [number | null];
      if (code === 1 && second.said().includes('Another Linegate')) refused += 1;
      await first.kill();
    }
    return {
      happened: `The second was refused ${refused} times of ${rounds}, the next let in ${letIn} times.`,
      measured: { rounds, refused, letIn },
      passed: refused === rounds && letIn === rounds,
    };
  },
};
