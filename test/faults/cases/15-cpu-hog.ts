import { startRig } from '../../../electron/cli/bench/rig.ts';
import type { Fault } from '../fault.ts';
import { startHogs } from '../noise.ts';
import { steadyFor } from '../steady.ts';

const rate = 60;
const hogCount = 2;
const shortSeconds = 20;
const fullMinutes = 10;

/** A backup or a stuck program takes all the processor that it is given. */
export const fault: Fault = {
  numbers: [15],
  name: `${hogCount} busy loops at nice 0`,
  toPass: 'p99 from frame to gate ≤ 33 ms, ≤ 0.1 % of the parts miss their verdict, each of them goes by the fail-safe',
  quick: false,
  async run({ full, minutes = full ? fullMinutes : shortSeconds / 60 }) {
    // Drawn before: the conveyor and its camera are other machines, which our processor is nothing to.
    const rig = await startRig(['--rate', `${rate}`, '--prerendered', '240'], () => undefined);
    const hogs = startHogs(hogCount);
    try {
      const { lane, plc } = await steadyFor(rig, minutes * 60);
      const misses = lane.error + plc.missing;
      const missedPercent = (100 * misses) / plc.parts;
      const p99FrameToGateMs = lane.frameToGateMs.p99;
      return {
        happened: `${misses} of ${plc.parts} parts had no verdict in time; ${plc.wrongActions} went another way than decided.`,
        measured: {
          ...{ minutes, hogs: hogCount, nice: hogs.nice, parts: plc.parts, p99FrameToGateMs, p99VerdictMs: lane.verdictMs.p99 },
          ...{ misses, missedPercent, late: lane.late, dropped: lane.dropped, partsPerSecond: plc.parts / minutes / 60 },
          ...{ wrongActions: plc.wrongActions, escapes: plc.escapes },
        },
        passed: p99FrameToGateMs <= 33 && missedPercent <= 0.1 && plc.wrongActions === 0 && hogs.nice === 0,
      };
    } finally {
      hogs.stop();
      await rig.stop();
    }
  },
};
