import { startRig } from '../../../electron/cli/bench/rig.ts';
import { isRaised, under } from '../camera.ts';
import type { Fault } from '../fault.ts';

/** Times the normal light: over 30 % of the pixels are at full scale. */
const glare = [4, 6, 8];

/** Far too much light. */
export const fault: Fault = {
  numbers: [4],
  name: 'overexposed',
  toPass: '0 verdicts on overexposed frames, an alarm',
  quick: false,
  async run({ full }) {
    const rig = await startRig(['--rate', '30', '--defects', '0.3'], () => undefined);
    try {
      let [frames, verdicts, escapes, wrongActions] = [0, 0, 0, 0];
      for (const lighting of glare) {
        const { lane, plc, came } = await under(rig, { lighting: `${lighting}` }, full ? 1000 : 60);
        frames += came.parts;
        verdicts += came.parts - lane.error;
        escapes += plc.escapes;
        wrongActions += plc.wrongActions;
      }
      const alarm = await isRaised(rig, 'camera-picture');
      return {
        happened: `${verdicts} of ${frames} overexposed frames got a verdict.`,
        measured: { frames, verdicts, escapes, wrongActions, alarms: Number(alarm) },
        passed: frames > 0 && verdicts + escapes + wrongActions === 0 && alarm,
      };
    } finally {
      await rig.stop();
    }
  },
};
