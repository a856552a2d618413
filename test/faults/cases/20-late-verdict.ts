import { emptyBelt, letBy } from '../counted.ts';
import type { Fault } from '../fault.ts';
import { startStubbedRig } from '../stubbed.ts';

/** A gate so near that a part is there 70 ms after its trigger: 8 parts a second of 160 counts, 200 counts less its window. */
const gateCounts = 200;
const windowCounts = 80;

/** The model takes up to 100 ms too long. */
export const fault: Fault = {
  numbers: [20],
  name: 'late verdicts',
  toPass: '0 late verdicts reach the PLC as valid; each is counted and goes by the fail-safe',
  quick: false,
  async run({ full }) {
    const gate = { distanceCounts: gateCounts - windowCounts, actuatorMs: 25 };
    const distance = ['--gate-distance', `${gateCounts}`];
    const rig = await startStubbedRig(['--rate', '8', ...distance], { plcArgs: distance, recipe: { gate } });
    try {
      await emptyBelt(rig);
      rig.spoil('delay 100');
      const { lane, plc, came } = await letBy(rig, full ? 1000 : 80);
      return {
        happened: `Of ${came.parts} parts ${lane.error} were errors because inference took too long, ${lane.late} verdicts were too late; ${plc.missing} parts went by the fail-safe.`,
        measured: {
          parts: came.parts,
          errors: lane.error,
          late: lane.late,
          failSafe: plc.missing,
          refusedByPlc: plc.late,
          wrongActions: plc.wrongActions,
        },
        // Most delays are seen as they happen, and their parts are errors in time; the others must be counted as late.
        passed: lane.error + lane.late > 0 && plc.missing === lane.late && plc.wrongActions === 0,
      };
    } finally {
      await rig.stop();
    }
  },
};
