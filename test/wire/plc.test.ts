import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLog } from '../../electron/base/log.ts';
import { freePort } from '../../electron/cli/freePort.ts';
import type { PlcConfig } from '../../electron/config/station.ts';
import type { GateCommand, GateOutcome, Trigger } from '../../electron/contract/gate.ts';
import type { PlcCounts } from '../../electron/contract/wiring.ts';
import { checkPlc } from '../../electron/line/plc/check.ts';
import { openPlc, type PlcLink } from '../../electron/line/plc/link.ts';
import type { SimChild } from '../../electron/sim/child.ts';
import { type DemoPaths, provisionDemo } from '../../electron/sim/provision.ts';
import { type HandConveyor, openConveyor } from './conveyor.ts';
import { distance, plcConfig, startSimPlc } from './simPlc.ts';

const window = 80;
const speed = 24_000;

describe('line and PLC over encrypted loopback', () => {
  let paths: DemoPaths;
  let port: number;
  let conveyor: HandConveyor;
  let plc: SimChild;
  let link: PlcLink;
  let triggers: Trigger[];
  let missed: number;
  let sequence = 0;

  const startPlc = (): Promise<SimChild> => startSimPlc(paths, port, conveyor.path);
  const configOf = (change: Partial<PlcConfig> = {}): PlcConfig => plcConfig(paths, port, change);
  const open = (config = configOf(), pki = paths.stationPki): PlcLink =>
    openPlc(
      config,
      pki,
      {
        onTrigger: (trigger) => triggers.push(trigger),
        onBelt: () => undefined,
        onMissed: (n) => (missed += n),
        onNoted: () => undefined,
      },
      openLog('test'),
    );
  const connected = (): Promise<void> =>
    expect.poll(() => link.status().state, { timeout: 10_000, interval: 10 }).toBe('connected');
  const commandFor = (trigger: Trigger, change: Partial<GateCommand> = {}): GateCommand => ({
    sequence: ++sequence,
    partId: trigger.partId,
    verdict: 'ok',
    reasonCode: 0,
    score: 0.99,
    reject: false,
    mark: false,
    gateEncoder: trigger.encoder + distance,
    deadlineEncoder: trigger.encoder + distance - 500,
    deadlineMs: Number.POSITIVE_INFINITY,
    ...change,
  });
  const trigger = async (part: number, bad = false): Promise<Trigger> => {
    const before = triggers.length;
    conveyor.part(part, bad);
    await expect.poll(() => triggers.length, { interval: 2 }).toBe(before + 1);
    return triggers[before] as Trigger;
  };
  const counts = async (): Promise<PlcCounts> => (await plc.figures()) as PlcCounts;
  const pulses = () => conveyor.heard.filter((message) => message.type === 'gate');

  beforeAll(async () => {
    vi.stubEnv('LINEGATE_LOG', 'silent');
    paths = await provisionDemo(mkdtempSync(join(tmpdir(), 'linegate-plc-')));
    port = await freePort(24_850);
    conveyor = await openConveyor(speed);
    plc = await startPlc();
  });
  afterAll(async () => {
    await plc.stop();
    conveyor.close();
  });
  beforeEach(async () => {
    triggers = [];
    missed = 0;
    conveyor.moveTo(conveyor.encoder() + 3 * distance);
    link = open();
    await connected();
    // The PLC acts on verdicts again when it has seen our heartbeat.
    await expect.poll(() => link.status().failSafe, { interval: 10 }).toBe(false);
    plc.reset();
    conveyor.heard.length = 0;
  });
  afterEach(() => link.close());

  it('has the bad part out and the good one on, as commanded', async () => {
    const bad = await trigger(1001, true);
    conveyor.moveTo(conveyor.encoder() + 400);
    const good = await trigger(1002);
    expect(await link.send(commandFor(bad, { verdict: 'nok', reject: true }))).toBe('acknowledged');
    expect(await link.send(commandFor(good))).toBe('acknowledged');
    conveyor.moveTo(good.encoder + distance);
    await expect
      .poll(pulses)
      .toEqual([{ type: 'gate', openAt: bad.encoder + distance - window, closeAt: bad.encoder + distance + window }]);
    conveyor.left(1001, true);
    conveyor.left(1002, false);
    await expect.poll(counts).toMatchObject({ parts: 2, bad: 1, escapes: 0, falseRejects: 0, missing: 0, late: 0, refused: 0 });
  });

  it('hears every trigger of a burst, in order', async () => {
    for (let part = 2001; part <= 2500; part++) {
      conveyor.moveTo(conveyor.encoder() + (part % 2));
      conveyor.part(part);
    }
    await expect.poll(() => triggers.length, { timeout: 5000 }).toBe(500);
    const first = triggers[0] as Trigger;
    expect(triggers.map((each) => each.partId - first.partId)).toEqual(triggers.map((_, index) => index));
    expect(triggers.map((each) => each.encoder - first.encoder)).toEqual(triggers.map((_, index) => Math.floor(index / 2)));
    expect(missed).toBe(0);
  });

  it('tells a command that is late, doubled, or for a part that there is not', async () => {
    const part = await trigger(3001);
    const answers: GateOutcome[] = [];
    answers.push(await link.send(commandFor(part, { deadlineMs: 0 })));
    answers.push(await link.send(commandFor(part, { deadlineEncoder: conveyor.encoder() - 1 })));
    answers.push(await link.send(commandFor(part, { partId: part.partId + 1 })));
    answers.push(await link.send(commandFor(part)));
    answers.push(await link.send(commandFor(part, { reject: true })));
    expect(answers).toEqual(['late', 'late', 'refused', 'acknowledged', 'refused']);
    // The first was never sent.
    expect(await counts()).toMatchObject({ late: 1, refused: 2 });
  });

  it('leaves the part to the fail-safe when our heartbeat stops', async () => {
    const part = await trigger(4001);
    expect(await link.send(commandFor(part))).toBe('acknowledged');
    await link.close();
    await new Promise((resolve) => setTimeout(resolve, 400));
    conveyor.moveTo(part.encoder + distance);
    await expect.poll(() => pulses().length).toBe(1);
    conveyor.left(4001, true);
    await expect.poll(counts).toMatchObject({ parts: 1, falseRejects: 1, missing: 1 });
  });

  it('writes nothing while the PLC shows no life, and nothing of it later', async () => {
    const part = await trigger(5001);
    plc.knob('heartbeat', 'off');
    await expect.poll(() => link.status().state, { interval: 10 }).not.toBe('connected');
    const answers = await Promise.all([1, 2, 3].map(() => link.send(commandFor(part))));
    expect(answers).toEqual(['not-connected', 'not-connected', 'not-connected']);
    plc.knob('heartbeat', 'on');
    await connected();
    expect(await link.send(commandFor(part))).toBe('acknowledged');
    expect(await counts()).toMatchObject({ late: 0, refused: 0 });
  });

  it('is back after the PLC was killed, and replays nothing', async () => {
    const part = await trigger(6001);
    process.kill(plc.pid() as number, 'SIGKILL');
    const inFlight = link.send(commandFor(part));
    await plc.gone;
    await expect.poll(() => link.status().state, { interval: 10 }).not.toBe('connected');
    const answers = await Promise.all(Array.from({ length: 100 }, () => link.send(commandFor(part))));
    expect(new Set(answers)).toEqual(new Set(['not-connected']));
    expect(await inFlight).toBe('not-connected');
    plc = await startPlc();
    await connected();
    const next = await trigger(6002);
    expect(await link.send(commandFor(next))).toBe('acknowledged');
    expect(await counts()).toMatchObject({ late: 0, refused: 0 });
  });

  it('works with the tags of a program that was there before, by the station file alone', async () => {
    // The simulated PLC keeps its types, so another one must be named.
    const wrong = configOf({
      tags: { EncoderRate: { node: 'ns=1;s=Linegate.EncoderRate', type: 'Int16', scale: 0.1, offset: 0 } },
    });
    const fault = (await checkPlc(wrong, paths.stationPki)).find((each) => each.fault !== null);
    expect(fault?.fault).toMatch(/of type Float, not Int16/);
    // What the program lacks is not missed.
    const fewer = configOf({ tags: { RecipeReq: false, RecipeReqSeq: false, ModelVersion: false, BufferDepth: false } });
    const findings = await checkPlc(fewer, paths.stationPki);
    expect(findings.filter((each) => each.fault !== null)).toEqual([]);
    expect(findings.some(({ what }) => what.startsWith('RecipeReq'))).toBe(false);
    const spare = open(fewer);
    await expect.poll(() => spare.status().state, { timeout: 10_000 }).toBe('connected');
    await spare.close();
  });

  it('is told apart by a check: nobody there, no heartbeat, a tag that is not ours to write', async () => {
    const faults = async (change: Partial<PlcConfig>): Promise<(string | null)[]> =>
      (await checkPlc(configOf(change), paths.stationPki)).map((each) => each.fault).filter((each) => each !== null);
    expect(await faults({ endpoint: 'opc.tcp://127.0.0.1:1' })).toEqual([expect.stringMatching(/does not answer/)]);
    expect(await faults({ tags: { ResultSeq: 'ns=1;s=Linegate.PartId' } })).toEqual([expect.stringMatching(/may not write/)]);
    expect(await faults({ tags: { ResultSeq: 'ns=7;s=Seq' } })).toEqual([expect.stringMatching(/no namespace 7/)]);
    plc.knob('heartbeat', 'off');
    expect(await faults({})).toEqual([expect.stringMatching(/It stands at/)]);
    plc.knob('heartbeat', 'on');
    await connected();
  });

  it('says why it is refused: wrong password, a certificate unknown here or there, a missing tag', async () => {
    const wrongPassword = join(mkdtempSync(join(tmpdir(), 'linegate-wrong-')), 'password');
    writeFileSync(wrongPassword, 'guess');
    const stranger = await provisionDemo(mkdtempSync(join(tmpdir(), 'linegate-stranger-')));
    const unknownThere = (await provisionDemo(mkdtempSync(join(tmpdir(), 'linegate-unknown-')))).stationPki;
    const ownOfPlc = join(paths.plcPki, 'own', 'certs', 'certificate.pem');
    cpSync(ownOfPlc, join(unknownThere, 'line', 'trusted', 'certs', 'plc.pem'));
    const cases: [PlcLink, RegExp][] = [
      [open(configOf({ passwordFile: wrongPassword })), /does not accept our user name and password/],
      [open(configOf(), stranger.stationPki), /certificate that is not trusted here.*refused certificates/],
      [open(configOf(), unknownThere), /refuses our certificate/],
      [
        open(configOf({ tags: { ResultSeq: 'ns=1;s=Nowhere' } })),
        /tag ResultSeq \(ns=1;s=Nowhere UInt32\).*There is no such node/,
      ],
    ];
    for (const [refused, message] of cases) {
      await expect
        .poll(() => refused.status(), { timeout: 5000 })
        .toMatchObject({ state: 'refused', message: expect.stringMatching(message) as string });
      expect(await refused.send(commandFor({ triggerSeq: 1, partId: 1, encoder: 1, receivedAtMs: 0 }))).toBe('not-connected');
      await refused.close();
    }
  });
});
