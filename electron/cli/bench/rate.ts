import { setTimeout as sleep } from 'node:timers/promises';
import { startRig, type Rig } from './rig.ts';

/** Frames drawn before the run, so that drawing takes no time from what is measured. */
const prerendered = 120;
const settleMs = 3000;

export interface RateStep {
  rate: number;
  fps: number;
  dropped: number;
  late: number;
  missing: number;
  verdictMs: { p50: number; p99: number };
  held: boolean;
}

export interface RateResult {
  /** Highest rate at which nothing was dropped, late or missing. */
  sustainedFps: number;
  secondsPerStep: number;
  steps: RateStep[];
}

/** The next rate to try between the highest that held and the lowest that did not; `null` when they are near enough. */
export const nextRate = (steps: readonly Pick<RateStep, 'rate' | 'held'>[]): number | null => {
  const held = Math.max(60, ...steps.filter((step) => step.held).map((step) => step.rate));
  const failed = Math.min(...steps.filter((step) => !step.held).map((step) => step.rate));
  if (steps.length === 0) return 120;
  if (failed === Number.POSITIVE_INFINITY) return Math.round(held * 1.5);
  return failed - held <= Math.max(5, held * 0.04) ? null : Math.round((held + failed) / 2);
};

/** Finds the highest rate that one lane holds on this machine, the simulated factory included. */
export const benchRate = async (secondsPerStep: number, say: (what: string) => void): Promise<RateResult> => {
  const rig = await startRig(['--rate', '60', '--prerendered', `${prerendered}`], say);
  const steps: RateStep[] = [];
  try {
    for (let rate = nextRate(steps); rate !== null; rate = nextRate(steps)) {
      say(`${rate} frames a second …`);
      steps.push(await measure(rig, rate, secondsPerStep));
    }
  } finally {
    await rig.stop();
  }
  return { sustainedFps: Math.max(0, ...steps.filter((step) => step.held).map((step) => step.rate)), secondsPerStep, steps };
};

const measure = async (rig: Rig, rate: number, seconds: number): Promise<RateStep> => {
  rig.factory.camera.knob('rate', `${rate}`);
  await sleep(settleMs);
  rig.reset();
  await sleep(seconds * 1000);
  const { lane, plc } = await rig.figures();
  const fps = Math.round(lane.frames / seconds);
  const bad = lane.dropped + lane.late + plc.late + plc.missing;
  return {
    rate,
    fps,
    dropped: lane.dropped,
    late: lane.late + plc.late,
    missing: plc.missing,
    verdictMs: { p50: lane.verdictMs.p50, p99: lane.verdictMs.p99 },
    // The simulated camera must have kept up as well: a rate that it did not give was not measured.
    held: bad === 0 && fps >= rate * 0.99,
  };
};
