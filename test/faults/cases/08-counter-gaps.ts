import { startRig } from '../../../electron/cli/bench/rig.ts';
import { isRaised, refusedBy, under } from '../camera.ts';
import type { Fault } from '../fault.ts';

const partsEach = 60;
/** Duplicates and swaps, each so many in a row. */
const disturbed = 10;

/** Frames are lost, come twice, or in the wrong order. */
export const fault: Fault = {
  numbers: [8],
  name: 'frame counter gap, duplicate, wrong order',
  toPass: 'counters exact to the frame; parts without their frame are errors, no part gets the verdict of another; an alarm',
  quick: false,
  async run({ full }) {
    // As many bad parts as good ones: verdicts that are one part off would let bad parts go.
    const rig = await startRig(['--rate', '30', '--defects', '0.5'], () => undefined);
    try {
      const off: string[] = [];
      let [lost, errors, parts] = [0, 0, 0];
      let [escapes, wrongActions, falseRejects] = [0, 0, 0];
      const expect = async (knob: string, count: number, want: Record<'errors' | 'dropped' | 'again' | 'late', number>) => {
        const before = await refusedBy(rig);
        const { lane, plc, came } = await under(rig, { [knob]: `${count}` }, partsEach);
        const now = await refusedBy(rig);
        const counted = {
          errors: lane.error,
          dropped: lane.dropped,
          again: (now.again ?? 0) - (before.again ?? 0),
          late: (now.late ?? 0) - (before.late ?? 0),
        };
        if (JSON.stringify(counted) !== JSON.stringify(want)) off.push(`${knob} ${count}: ${JSON.stringify(counted)}`);
        lost += want.dropped;
        errors += lane.error;
        escapes += plc.escapes;
        wrongActions += plc.wrongActions;
        falseRejects += plc.falseRejects;
        parts += came.parts;
      };
      for (let round = 0; round < (full ? 5 : 1); round++) {
        for (let gap = 1; gap <= 10; gap++) await expect('lose', gap, { errors: gap, dropped: gap, again: 0, late: 0 });
        await expect('twice', disturbed, { errors: 0, dropped: 0, again: disturbed, late: 0 });
        // Who comes after the next is too late: the next one's counter has said that it is missing.
        await expect('swap', disturbed, { errors: disturbed, dropped: disturbed, again: 0, late: disturbed });
      }
      const alarm = await isRaised(rig, 'camera-picture');
      return {
        happened: off.length === 0 ? `All counters were exact over ${parts} parts.` : `Not as sent: ${off.join('; ')}.`,
        measured: {
          parts,
          framesMissing: lost,
          errors,
          runsOff: off.length,
          escapes,
          wrongActions,
          falseRejects,
          alarms: Number(alarm),
        },
        passed: off.length === 0 && escapes + wrongActions === 0 && falseRejects <= errors && alarm,
      };
    } finally {
      await rig.stop();
    }
  },
};
