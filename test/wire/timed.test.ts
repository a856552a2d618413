import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { monoMs } from '../../electron/base/clock.ts';
import { priorities, takePriority } from '../../electron/base/priority.ts';
import { openLog } from '../../electron/base/log.ts';
import { freePort } from '../../electron/cli/freePort.ts';
import { recipe as recipeSchema } from '../../electron/config/recipe.ts';
import type { GateCommand, GateOutcome, Trigger } from '../../electron/contract/gate.ts';
import type { InterlockCause } from '../../electron/line/interlock.ts';
import { checkPlc } from '../../electron/line/plc/check.ts';
import { openPlc, type PlcLink } from '../../electron/line/plc/link.ts';
import { openTimedGate, type TimedGate } from '../../electron/line/timed/gate.ts';
import type { SimChild } from '../../electron/sim/child.ts';
import { type DemoPaths, provisionDemo } from '../../electron/sim/provision.ts';
import { type HandConveyor, openConveyor } from './conveyor.ts';
import { distance, plcConfig, startSimPlc } from './simPlc.ts';

/** So slow that only the hand moves it: what is told is what counts, not how long it takes. */
const speed = 1;
const recipe = recipeSchema.parse({
  ...{ format: 2, name: 'chips', product: 'Chips', model: '.' },
  gate: { distanceCounts: distance, actuatorMs: 30, pulseCounts: 160 },
});

// A machine that is loaded may stand for longer than the 300 ms of a heartbeat, and then all of this goes by the fail-safe.
describe('a gate that the station times, over encrypted loopback', { retry: 3 }, () => {
  let paths: DemoPaths;
  let port: number;
  let conveyor: HandConveyor;
  let plc: SimChild;
  let link: PlcLink;
  let gate: TimedGate;
  let triggers: Trigger[] = [];
  let tripped: InterlockCause[] = [];

  const levels = (): boolean[] => conveyor.heard.flatMap((message) => (message.type === 'output' ? [message.open] : []));
  const connected = (): Promise<void> =>
    expect.poll(() => link.isConnected() && !link.status().failSafe, { timeout: 10_000, interval: 10 }).toBe(true);
  const trigger = async (part: number): Promise<Trigger> => {
    const before = triggers.length;
    conveyor.part(part);
    await expect.poll(() => triggers.length, { interval: 2 }).toBe(before + 1);
    return triggers[before] as Trigger;
  };
  const send = ({ partId, encoder }: Trigger, reject: boolean): Promise<GateOutcome> => {
    const gateEncoder = encoder + distance;
    const verdict = reject ? 'nok' : 'ok';
    const command: GateCommand = {
      ...{ sequence: partId, partId, verdict, reasonCode: 0, score: 1, reject, mark: false, gateEncoder },
      ...{ deadlineEncoder: gateEncoder, deadlineMs: Number.POSITIVE_INFINITY },
    };
    return gate.send(command);
  };
  /** The belt is there, and the station knows. */
  const reach = async (encoder: number): Promise<void> => {
    conveyor.moveTo(encoder);
    await expect.poll(() => encoderHeard, { interval: 2 }).toBe(encoder);
  };
  let encoderHeard = 0;

  beforeAll(async () => {
    vi.stubEnv('LINEGATE_LOG', 'silent');
    // As in the station.
    takePriority(priorities.gate);
    paths = await provisionDemo(mkdtempSync(join(tmpdir(), 'linegate-timed-')));
    port = await freePort(24_870);
    conveyor = await openConveyor(speed);
    plc = await startSimPlc(paths, port, conveyor.path, ['--gate', 'line']);
  });
  afterAll(async () => {
    takePriority(priorities.loading);
    await plc.stop();
    conveyor.close();
  });
  beforeEach(async () => {
    [triggers, tripped] = [[], []];
    plc.knob('heartbeat', 'on');
    link = openPlc(
      plcConfig(paths, port, { gate: 'line' }),
      paths.stationPki,
      {
        onTrigger(each) {
          gate.onTrigger(each);
          triggers.push(each);
        },
        onBelt(belt) {
          gate.onBelt(belt);
          encoderHeard = belt.at?.encoder ?? 0;
        },
        onMissed: () => gate.onMissed(),
        onConfirmed: (partId) => gate.onConfirmed(partId),
        onNoted: () => undefined,
      },
      openLog('test'),
    );
    gate = openTimedGate({ ...link, trip: (cause) => tripped.push(cause), event: () => undefined, monoMs }, () => recipe, {
      outputLagMs: 2,
      isRestart: false,
    });
    conveyor.moveTo(conveyor.encoder() + 10);
    await connected();
    // What lay on the belt when we came is unknown and goes out.
    await expect.poll(() => levels().at(-1), { interval: 5 }).toBe(true);
    await reach(conveyor.encoder() + 2 * distance);
    await expect.poll(() => levels().at(-1), { interval: 5 }).toBe(false);
    conveyor.heard.length = 0;
  });
  afterEach(async () => {
    gate.close();
    await link.close();
  });

  it('opens for the bad part, closes for the good one, and hears of the sensor', async () => {
    const bad = await trigger(1001);
    await reach(conveyor.encoder() + 400);
    const good = await trigger(1002);
    const ends = [send(bad, true), send(good, false)];
    await reach(bad.encoder + distance - 90);
    expect(levels()).toEqual([]);
    await reach(bad.encoder + distance - 70);
    await expect.poll(levels).toEqual([true]);
    conveyor.left(1001, true);
    await reach(bad.encoder + distance + 90);
    await expect.poll(levels).toEqual([true, false]);
    await reach(good.encoder + distance + 400);
    expect(await Promise.all(ends)).toEqual(['executed', 'commanded']);
    expect(levels()).toEqual([true, false]);
    expect(await plc.figures()).toMatchObject({ ejected: [bad.partId] });
    expect(tripped).toEqual([]);
  });

  it('fires for no part that is past, and asks for the belt to stop', async () => {
    const bad = await trigger(2001);
    await reach(bad.encoder + distance + 30);
    const end = send(bad, true);
    await reach(bad.encoder + distance + 400);
    expect(await end).toBe('late');
    expect(levels()).toEqual([]);
    expect(tripped).toMatchObject([{ kind: 'gate-missed', does: 'stop' }]);
  });

  it('lets go of the output while the PLC shows no life, and has it again when it does', async () => {
    const bad = await trigger(3001);
    const next = await trigger(3002);
    plc.knob('heartbeat', 'off');
    await expect.poll(() => link.isConnected(), { interval: 5 }).toBe(false);
    const end = send(bad, true);
    // The PLC hears nothing of us either, and takes its safe state.
    await expect.poll(levels).toEqual([true]);
    plc.knob('heartbeat', 'on');
    await connected();
    await expect.poll(levels).toEqual([true, false]);
    await reach(bad.encoder + distance - 10);
    await expect.poll(levels).toEqual([true, false, true]);
    await reach(next.encoder + distance + 400);
    expect(await end).toBe('commanded');
  });

  it('is left to the PLC’s own watch when this process ends', async () => {
    gate.close();
    await link.close();
    await expect.poll(levels).toEqual([true]);
  });

  it('is checked for the tags of its mode', async () => {
    const findings = await checkPlc(plcConfig(paths, port, { gate: 'line' }), paths.stationPki);
    expect(findings.filter(({ fault }) => fault !== null)).toEqual([]);
    const tags = findings.map(({ what }) => what.split(' ')[0]);
    expect(tags).toContain('GateOutput');
    expect(tags).not.toContain('ResultSeq');
    const tracked = (await checkPlc(plcConfig(paths, port), paths.stationPki)).map(({ what }) => what.split(' ')[0]);
    expect(tracked).toContain('ResultSeq');
    expect(tracked).not.toContain('GateOutput');
  });
});
