import { startRig } from '../../../electron/cli/bench/rig.ts';
import { watchHeldUp } from '../../../electron/cli/machine/heldUp.ts';
import type { Fault } from '../fault.ts';
import { screenNoise } from '../noise.ts';
import { steadyFor } from '../steady.ts';

const shortSeconds = 20;
const fullMinutes = 30;
/** One frame at 60 a second. */
const frameMs = 16.7;

/** A busy screen and much JSON beside 60 frames a second: what the runtime collects must not be felt. */
export const fault: Fault = {
  numbers: [14],
  name: 'pauses of the runtime, with screen and JSON noise',
  toPass: 'of 60 frames a second p99.9 comes ≤ 5 ms later than the median, none a frame later, none is dropped',
  quick: false,
  async run({ full, minutes = full ? fullMinutes : shortSeconds / 60 }) {
    // Drawn before: the noise shall hold up nothing but the station, and no camera in the world is held up by it.
    const rig = await startRig(['--rate', '60', '--prerendered', '240'], () => undefined);
    const machine = await watchHeldUp();
    const noise = new AbortController();
    const screen = screenNoise(rig, noise.signal);
    try {
      const { lane } = await steadyFor(rig, minutes * 60, machine);
      const heldUp = await machine.figures();
      const { p50, p999, max } = lane.exposureToVerdictMs;
      noise.abort();
      const measured = {
        ...{ minutes, frames: lane.frames, dropped: lane.dropped, screens: await screen },
        ...{
          p999LateMs: p999 - p50,
          mostLateMs: max - p50,
          p999VerdictMs: lane.verdictMs.p999,
          maxVerdictMs: lane.verdictMs.max,
          machineP999HeldUpMs: heldUp.p999,
          machineMostHeldUpMs: heldUp.max,
        },
      };
      const { p999LateMs, mostLateMs, maxVerdictMs } = measured;
      return {
        happened: `${lane.frames} frames beside a screen that asked ${measured.screens} times, each time for all it shows. The machine itself held programs up for ${heldUp.max.toFixed(0)} ms at most.`,
        measured,
        passed: lane.frames > 0 && p999LateMs <= 5 && mostLateMs <= frameMs && maxVerdictMs <= frameMs && lane.dropped === 0,
      };
    } finally {
      noise.abort();
      await Promise.all([rig.stop(), machine.stop()]);
    }
  },
};
