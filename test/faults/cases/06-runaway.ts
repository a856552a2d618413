import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { monoMs } from '../../../electron/base/clock.ts';
import { type Rig, startRig } from '../../../electron/cli/bench/rig.ts';
import { isRaised } from '../camera.ts';
import type { Fault } from '../fault.ts';
import { pidOf, useOf } from '../link.ts';
import { visionPid } from '../outage.ts';

/** Three frames more at each of fifty parts a second. */
const rate = 50;
const extra = 3;
const framesPerSecond = rate * (1 + extra);
/** What the recipe allows. */
const mostFps = 80;
/** What the simulated camera needs from exposure to the wire (`--readout-ms`). */
const readoutMs = 8;
/** The kernel counts processor time in ticks of 10 ms. */
const ticksPerSecond = 100;
const settleMs = 2000;

/** Processes of the station that frames go through. */
const pidsOf = (rig: Rig): number[] => [
  visionPid(rig),
  pidOf(rig.station.process('line')),
  pidOf(rig.station.process('records')),
];

/** Processor time of a process until now, seconds. */
const cpuSeconds = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};
const sum = (values: number[]): number => values.reduce((all, each) => all + each, 0);

/** The camera sends far more frames than it should. */
export const fault: Fault = {
  numbers: [6],
  name: 'runaway source, 200 frames a second',
  toPass: 'CPU ≤ 2 cores, memory flat ± 5 MB, backlog ≤ 2 frames, an alarm',
  quick: false,
  async run({ full }) {
    const setUp = { recipe: { checks: { mostFps } } };
    const rig = await startRig(['--rate', `${rate}`, '--prerendered', '60'], () => undefined, setUp);
    try {
      rig.factory.camera.knob('extra', `${extra}`);
      await sleep(settleMs);
      rig.reset();
      const pids = pidsOf(rig);
      const fromMs = monoMs();
      const cpuBefore = sum(pids.map(cpuSeconds));
      const before = useOf(visionPid(rig)).rssMiB;
      await sleep(full ? 60_000 : 10_000);
      const cores = (sum(pids.map(cpuSeconds)) - cpuBefore) / ((monoMs() - fromMs) / 1000);
      const growthMiB = useOf(visionPid(rig)).rssMiB - before;
      const alarm = await isRaised(rig, 'camera-runaway');
      const { lane } = await rig.figures();
      const everyMs = 1000 / framesPerSecond;
      const backlog = Math.max(0, Math.floor((lane.frameAgeMs.max - readoutMs) / everyMs));
      const looked = lane.frames / ((monoMs() - fromMs) / 1000);
      return {
        happened: `Of ${framesPerSecond} frames a second ${looked.toFixed(0)} were looked at; the oldest was ${lane.frameAgeMs.max.toFixed(0)} ms old.`,
        measured: {
          cores,
          growthMiB,
          backlog,
          ageP99Ms: lane.frameAgeMs.p99,
          framesLookedAtPerSecond: looked,
          errors: lane.error,
          alarms: Number(alarm),
        },
        passed: cores <= 2 && Math.abs(growthMiB) <= 5 && backlog <= 2 && lane.frames > 0 && alarm,
      };
    } finally {
      await rig.stop();
    }
  },
};
