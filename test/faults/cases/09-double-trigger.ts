import { startRig } from '../../../electron/cli/bench/rig.ts';
import { emptyBelt, letBy } from '../counted.ts';
import type { Fault } from '../fault.ts';

/** Triggers a second, two at each part. */
const triggersPerSecond = 120;

/** The sensor bounces: every part triggers twice, and the PLC gives both edges an id. */
export const fault: Fault = {
  numbers: [9],
  name: 'trigger storm, every part triggered twice',
  toPass: 'verdicts = accepted triggers; missed counter exact',
  quick: false,
  async run({ full }) {
    const rig = await startRig(['--rate', `${triggersPerSecond / 2}`], () => undefined);
    try {
      await emptyBelt(rig);
      rig.factory.camera.knob('bounce', '1');
      const parts = (full ? 10 : 3) * (triggersPerSecond / 2);
      const { lane, came } = await letBy(rig, parts);
      const verdicts = lane.parts - lane.error;
      return {
        happened: `${came.parts} parts were triggered ${2 * came.parts} times; each had one verdict, the second id an error.`,
        measured: { triggers: 2 * came.parts, verdicts, doubleTriggers: lane.doubleTriggers, errors: lane.error },
        passed: verdicts === came.parts && lane.doubleTriggers === came.parts && lane.error === came.parts,
      };
    } finally {
      await rig.stop();
    }
  },
};
