import { startRig } from '../../../electron/cli/bench/rig.ts';
import { isRaised, refusedFor, under } from '../camera.ts';
import type { Fault } from '../fault.ts';

/** Lamps that are as good as off: 5 % of full scale down to nothing, in ten steps. */
const darkness = [0.05, 0.045, 0.04, 0.035, 0.03, 0.025, 0.02, 0.015, 0.01, 0.005, 0];
const partsEach = 30;

/** The lamp fails slowly. */
export const fault: Fault = {
  numbers: [3],
  name: 'black frame, lamp off',
  toPass: '0 verdicts on black, an alarm; 0 false alarms on good frames (10,000 with --full)',
  quick: false,
  async run({ full }) {
    const rig = await startRig(['--rate', '30', '--defects', '0.3'], () => undefined);
    try {
      const good = await under(rig, {}, full ? 10_000 : 600);
      const falseOnGood = await refusedFor(rig, 'black');
      let [black, verdicts, escapes, wrongActions] = [0, 0, 0, 0];
      for (const lighting of darkness) {
        const { lane, plc, came } = await under(rig, { lighting: `${lighting}` }, partsEach);
        black += came.parts;
        verdicts += came.parts - lane.error;
        escapes += plc.escapes;
        wrongActions += plc.wrongActions;
      }
      const alarm = await isRaised(rig, 'camera-picture');
      const blackSeen = await refusedFor(rig, 'black');
      const again = await under(rig, { lighting: '1' }, partsEach);
      const falseAlarms = falseOnGood + (await refusedFor(rig, 'black')) - blackSeen;
      // A good frame that came too late is no false alarm, but worth to be seen.
      const otherErrors = good.lane.error + again.lane.error - falseAlarms;
      return {
        happened: `${verdicts} of ${black} black frames got a verdict; ${falseAlarms} of ${good.came.parts + again.came.parts} good ones were taken for black.`,
        measured: {
          black,
          verdicts,
          escapes,
          wrongActions,
          good: good.came.parts + again.came.parts,
          falseAlarms,
          otherErrors,
          alarms: Number(alarm),
        },
        passed: black > 0 && verdicts + escapes + wrongActions + falseAlarms === 0 && alarm,
      };
    } finally {
      await rig.stop();
    }
  },
};
