import { setTimeout as sleep } from 'node:timers/promises';
import { freeRunningLine } from '../../../electron/cli/freeRunning.ts';
import { startRig } from '../../../electron/cli/bench/rig.ts';
import { isRaised, refusedFor, under } from '../camera.ts';
import { emptyBelt } from '../counted.ts';
import type { Fault } from '../fault.ts';

const staticFps = 60;

/** How many frames of a scene that stands still, with the noise of its sensor, are taken for frozen ones. */
const falseOnStatic = async (seconds: number): Promise<{ frames: number; falseAlarms: number }> => {
  const { cameraArgs, ...setUp } = freeRunningLine(staticFps);
  const rig = await startRig([...cameraArgs, '--rate', '10'], () => undefined, setUp);
  try {
    await emptyBelt(rig);
    await sleep(seconds * 1000);
    const { lane } = await rig.figures();
    return { frames: lane.frames, falseAlarms: await refusedFor(rig, 'frozen') };
  } finally {
    await rig.stop();
  }
};

/** The camera repeats one frame, with new counters. */
export const fault: Fault = {
  numbers: [5],
  name: 'frozen frame',
  toPass: 'no more than 5 repeats get a verdict, an alarm; 0 false alarms on a scene that stands still',
  quick: false,
  async run({ full }) {
    const times = full ? 50 : 3;
    let [frozen, worstVerdicts, falseAlarms, otherErrors, wrongActions] = [0, 0, 0, 0, 0];
    let alarm = false;
    const rig = await startRig(['--rate', '30', '--defects', '0.3'], () => undefined);
    try {
      for (let i = 0; i < times; i++) {
        const frozenRun = await under(rig, { freeze: 'on' }, 60);
        frozen += frozenRun.came.parts;
        worstVerdicts = Math.max(worstVerdicts, frozenRun.came.parts - frozenRun.lane.error);
        alarm = await isRaised(rig, 'camera-picture');
        const frozenSeen = await refusedFor(rig, 'frozen');
        const good = await under(rig, { freeze: 'off' }, 60);
        falseAlarms += (await refusedFor(rig, 'frozen')) - frozenSeen;
        otherErrors += good.lane.error;
        wrongActions += frozenRun.plc.wrongActions + good.plc.wrongActions;
      }
    } finally {
      await rig.stop();
    }
    const still = await falseOnStatic(full ? 60 : 5);
    const all = falseAlarms + still.falseAlarms;
    return {
      happened: `At most ${worstVerdicts} of 60 repeats got a verdict; of ${still.frames} frames of a still scene ${still.falseAlarms} were refused.`,
      measured: {
        frozen,
        worstVerdicts,
        stillFrames: still.frames,
        falseAlarms: all,
        otherErrors,
        wrongActions,
        alarms: Number(alarm),
      },
      passed: worstVerdicts <= 5 && all + wrongActions === 0 && still.frames > 0 && alarm,
    };
  },
};
