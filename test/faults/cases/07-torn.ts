import { setTimeout as sleep } from 'node:timers/promises';
import { startRig } from '../../../electron/cli/bench/rig.ts';
import { isRaised, refusedFor } from '../camera.ts';
import { emptyBelt, letBy } from '../counted.ts';
import type { Fault } from '../fault.ts';
import { visionPid } from '../outage.ts';

const rate = 30;
/** One frame of so many. */
const every = 100;
/** More than one frame takes, so that each turn of the knob tears one. */
const everyMs = (1000 * every) / rate;

/** One frame of a hundred arrives half. */
export const fault: Fault = {
  numbers: [7],
  name: 'torn frame',
  toPass: '100 % detected, 0 crashes, an alarm',
  quick: false,
  async run({ full }) {
    const rig = await startRig(['--rate', `${rate}`, '--defects', '0.3'], () => undefined);
    const torn = full ? 100 : 6;
    try {
      await emptyBelt(rig);
      const pid = visionPid(rig);
      const before = await refusedFor(rig, 'torn');
      const going = letBy(rig, every * (torn + 1));
      for (let i = 0; i < torn; i++) {
        await sleep(everyMs);
        rig.factory.camera.knob('torn', '1');
      }
      const { lane, plc } = await going;
      const detected = (await refusedFor(rig, 'torn')) - before;
      const alarm = await isRaised(rig, 'camera-picture');
      const crashes = Number(visionPid(rig) !== pid);
      const { escapes, wrongActions } = plc;
      return {
        happened: `${detected} of ${torn} torn frames were seen; their parts, ${lane.error}, were ejected.`,
        measured: { torn, detected, errors: lane.error, crashes, escapes, wrongActions, alarms: Number(alarm) },
        passed: detected === torn && lane.error >= torn && crashes + escapes + wrongActions === 0 && alarm,
      };
    } finally {
      await rig.stop();
    }
  },
};
