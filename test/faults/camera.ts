import { setTimeout as sleep } from 'node:timers/promises';
import { monoMs } from '../../electron/base/clock.ts';
import { type Rig, startRig } from '../../electron/cli/bench/rig.ts';
import type { LaneStatus } from '../../electron/contract/facts.ts';
import type { Refusal } from '../../electron/contract/frame.ts';
import { apiOf, type Counted, emptyBelt, letBy } from './counted.ts';
import type { Outcome } from './fault.ts';
import { type Outage, outageOf, worstOf } from './outage.ts';

const rate = 60;
/** How long the camera is away. */
const awayMs = 500;
/** By then everything is as before, and less than 200 parts have gone by. */
const lookAfterMs = 2800;
/** The screen is told the state of the lane five times a second. */
const toldAfterMs = 450;

/** How the camera is taken from the running line; the line's own knobs of the simulated camera. */
export type Away = (camera: Rig['factory']['camera'], awayMs: number) => void;

/** Takes the camera away `times` times for half a second and tells what came of it. // faults #1, #2 */
export const cameraAway = async (times: number, how: string, away: Away): Promise<Outcome> => {
  const rig = await startRig(['--rate', `${rate}`], () => undefined);
  try {
    await emptyBelt(rig);
    const going = letBy(rig, (rate * (times + 1) * (lookAfterMs + toldAfterMs)) / 1000);
    const outages: Outage[] = [];
    let alarms = 0;
    for (let i = 0; i < times; i++) {
      await sleep(toldAfterMs);
      const sinceMs = monoMs();
      away(rig.factory.camera, awayMs);
      await sleep(toldAfterMs);
      if (await isRaised(rig, 'camera-lost')) alarms += 1;
      await sleep(lookAfterMs - toldAfterMs);
      outages.push(await outageOf(rig, sinceMs));
    }
    const { lane, plc, came } = await going;
    const { worstFailSafeMs, worstBackMs, mostErrors } = worstOf(outages);
    const recoveryMs = worstBackMs - awayMs;
    const { escapes, wrongActions } = plc;
    return {
      happened: `The camera was ${how} ${times} times; of ${came.parts} parts ${lane.error} were not inspected, and were ejected.`,
      measured: { times, worstFailSafeMs, worstRecoveryMs: recoveryMs, mostErrors, alarms, escapes, wrongActions },
      passed: worstFailSafeMs <= 100 && recoveryMs <= 2000 && alarms === times && escapes + wrongActions === 0,
    };
  } finally {
    await rig.stop();
  }
};

/** Lets so many parts go by under a disturbed camera, from an empty belt to an empty belt. */
export const under = async (rig: Rig, knobs: Record<string, string>, parts: number): Promise<Counted> => {
  await emptyBelt(rig);
  for (const [name, value] of Object.entries(knobs)) rig.factory.camera.knob(name, value);
  return letBy(rig, parts);
};

/** Whether an alarm of this kind stands for the first lane. */
export const isRaised = async (rig: Rig, kind: string): Promise<boolean> =>
  (await apiOf(rig).status.query()).alarms.some(({ id }) => id === `${kind}:lane-1`);

/** How many frames were taken for `why` since the camera process began. */
export const refusedFor = async (rig: Rig, why: Refusal): Promise<number> => (await refusedBy(rig))[why] ?? 0;

/** How often a frame was not scored since the camera process began, by cause. */
export const refusedBy = async (rig: Rig): Promise<LaneStatus['camera']['refused']> =>
  (await apiOf(rig).status.query()).line?.lanes[0]?.camera.refused ?? {};
