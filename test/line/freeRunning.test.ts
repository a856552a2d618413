import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rig, startRig } from '../../electron/cli/bench/rig.ts';
import { freeRunningLine } from '../../electron/cli/freeRunning.ts';
import { apiOf, emptyBelt, letBy } from '../faults/counted.ts';
import { visionPid } from '../faults/outage.ts';

const wantedParts = 25;
/** Ten parts between camera and gate: quicker than the demo's 25. */
const gateDistance = ['--gate-distance', '1600'];

describe('the demo line with a camera that fires itself, all processes over their real protocols', () => {
  const { cameraArgs, plcArgs, recipe } = freeRunningLine(25);
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig(['--rate', '5', '--seed', '3', '--defects', '0.3', ...gateDistance, ...cameraArgs], () => undefined, {
      plcArgs: [...gateDistance, ...plcArgs],
      recipe: { ...recipe, gate: { distanceCounts: 1600, actuatorMs: 40 } },
    });
  }, 90_000);
  afterAll(() => rig.stop());

  /** The belt stops for a moment when so many parts have their verdict; those under the camera are seen again and again. */
  const stopAt = async (parts: number): Promise<void> => {
    await expect.poll(async () => (await rig.figures()).lane.parts, { timeout: 30_000 }).toBeGreaterThanOrEqual(parts);
    rig.factory.camera.knob('running', 'off');
    await sleep(600);
    rig.factory.camera.knob('running', 'on');
  };

  it('gives every part one verdict, at its own place, across stops of the belt', { timeout: 90_000 }, async () => {
    await emptyBelt(rig);
    const letting = letBy(rig, wantedParts);
    await stopAt(6);
    await stopAt(14);
    const { lane, plc, came } = await letting;
    expect(came.parts).toBe(wantedParts);
    expect(lane.parts).toBe(wantedParts);
    // Every command found its part by the place, and no part got two. How many are late depends on the machine.
    expect(plc).toMatchObject({ parts: wantedParts, refused: 0 });
    expect(plc.accepted).toBeGreaterThan(wantedParts / 2);

    const rejects = await apiOf(rig).recentParts.query({ lane: 'lane-1', verdicts: ['nok'], limit: 50 });
    expect(rejects.length).toBeGreaterThan(3);
    expect(rejects.every(({ reject }) => reject)).toBe(true);
  });

  it('answers for every part also while nobody looks', { timeout: 90_000 }, async () => {
    await emptyBelt(rig);
    const letting = letBy(rig, wantedParts);
    await expect.poll(async () => (await rig.figures()).lane.parts, { timeout: 30_000 }).toBeGreaterThanOrEqual(4);
    process.kill(visionPid(rig), 'SIGKILL');
    const { lane, plc } = await letting;
    expect(lane.parts).toBe(wantedParts);
    expect(plc).toMatchObject({ parts: wantedParts, refused: 0 });
  });
});
