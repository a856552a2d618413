import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLog } from '../../../electron/base/log.ts';
import { refusedCertificates, trustRefused } from '../../../electron/base/opcuaTrust.ts';
import { freePort } from '../../../electron/cli/freePort.ts';
import { loadStation } from '../../../electron/config/load.ts';
import type { LaneConfig, PlcConfig } from '../../../electron/config/station.ts';
import type { GateCommand, Trigger } from '../../../electron/contract/gate.ts';
import { checkPlc } from '../../../electron/line/plc/check.ts';
import { openPlc, type PlcLink } from '../../../electron/line/plc/link.ts';
import { provisionDemo } from '../../../electron/sim/provision.ts';
import { approveUs } from './acquaint.ts';
import { lacksAsyncua, type PythonChild, startPython } from './python.ts';

const lacks = lacksAsyncua();
const distance = 4000;
const stationFile = fileURLToPath(new URL('station.toml', import.meta.url));

describe.skipIf(lacks !== null)(`line and an asyncua PLC with a program of its own${lacks === null ? '' : ` (${lacks})`}`, () => {
  let folder: string;
  let config: PlcConfig;
  let pki: string;
  let plc: PythonChild;
  let link: PlcLink;
  let triggers: Trigger[];
  let pulses: unknown[];
  let missed: number;
  let encoder = 2 ** 31 - 20_000;
  let part = 65_450;
  let sequence = 65_500;

  const startPlc = async (): Promise<void> => {
    const { endpoint, userName, passwordFile } = config;
    const login = ['--pki', join(folder, 'plc'), '--user', `${userName}`, '--password-file', `${passwordFile}`];
    plc = await startPython('./plc.py', ['--port', new URL(endpoint).port, ...login], (message) => {
      if (message.type === 'gate') pulses.push(message);
    });
  };
  const moveTo = (to: number): void => {
    encoder = to;
    plc.say({ type: 'tick', encoder, countsPerSecond: 24_000, running: true });
  };
  const nextPart = async (): Promise<Trigger> => {
    const before = triggers.length;
    plc.say({ type: 'edge', part: ++part, encoder, truth: { label: 'good', bad: false } });
    await expect.poll(() => triggers.length, { interval: 5 }).toBe(before + 1);
    return triggers[before] as Trigger;
  };
  const commandFor = (trigger: Trigger, reject: boolean): GateCommand => ({
    ...{ sequence: ++sequence, partId: trigger.partId, verdict: reject ? 'nok' : 'ok', reasonCode: 0, score: 0.99, reject },
    ...{
      mark: false,
      gateEncoder: trigger.encoder + distance,
      deadlineEncoder: trigger.encoder + distance - 500,
      deadlineMs: Number.POSITIVE_INFINITY,
    },
  });
  const connected = (): Promise<void> => expect.poll(() => link.status().state, { timeout: 10_000 }).toBe('connected');

  beforeAll(async () => {
    vi.stubEnv('LINEGATE_LOG', 'silent');
    folder = mkdtempSync(join(tmpdir(), 'linegate-foreign-'));
    const paths = await provisionDemo(folder);
    pki = paths.stationPki;
    const port = await freePort(25_150);
    const { plc: binding } = loadStation(stationFile).lane[0] as LaneConfig;
    config = { ...binding, endpoint: `opc.tcp://127.0.0.1:${port}`, passwordFile: paths.passwordFile };
    pulses = [];
    await startPlc();
  });
  afterAll(() => plc.kill());
  beforeEach(() => {
    triggers = [];
    pulses = [];
    missed = 0;
    const ignore = (): void => undefined;
    const handlers = { onBelt: ignore, onNoted: ignore, onMissed: (n: number) => void (missed += n) };
    link = openPlc(config, pki, { ...handlers, onTrigger: (trigger) => triggers.push(trigger) }, openLog('test'));
  });
  afterEach(() => link.close());

  it('is refused until each has approved the certificate of the other', async () => {
    const refused = (why: RegExp): Promise<void> =>
      expect
        .poll(() => link.status(), { timeout: 15_000 })
        .toMatchObject({ state: 'refused', message: expect.stringMatching(why) as string });
    await refused(/shows a certificate that is not trusted here/);
    const [shown] = refusedCertificates(join(pki, 'line'));
    const own = new X509Certificate(readFileSync(join(folder, 'plc', 'certificate.der')));
    expect(shown?.fingerprint).toBe(own.fingerprint256);
    trustRefused(join(pki, 'line'), own.fingerprint256);
    await refused(/refuses our certificate/);
    approveUs(join(folder, 'plc'), join(pki, 'line'));
    await connected();
  });

  it('is as the station file says, and tells of changes soon enough', async () => {
    const findings = await checkPlc(config, pki);
    expect(findings.filter(({ fault }) => fault !== null)).toEqual([]);
    expect(findings.at(-1)).toMatchObject({ what: 'subscription', found: expect.stringMatching(/sampled every/) as string });
    const elsewhere = { ...config, tags: { ...config.tags, ResultSeq: 'nsu=urn:acme:oven;s=Cmd' } };
    expect((await checkPlc(elsewhere, pki)).at(-1)?.fault).toMatch(
      /no namespace "urn:acme:oven"; it has: .*urn:acme:packer:4711/,
    );
  });

  it('has the bad part out and the good one on; numbers wrap where its types do', async () => {
    await connected();
    for (let turn = 0; turn < 60; turn++) {
      pulses = [];
      moveTo(encoder + 3 * distance);
      await expect.poll(() => link.status().failSafe).toBe(false);
      const [bad, at] = [await nextPart(), encoder];
      expect(bad).toMatchObject({ partId: part % 2 ** 16, encoder: at });
      moveTo(encoder + 400);
      const good = await nextPart();
      expect(await link.send(commandFor(bad, true))).toBe('acknowledged');
      expect(await link.send(commandFor(good, false))).toBe('acknowledged');
      moveTo(at + distance);
      await expect.poll(() => pulses).toEqual([{ type: 'gate', openAt: at + distance - 80, closeAt: at + distance + 80 }]);
      moveTo(at + 400 + distance);
    }
    expect(missed).toBe(0);
    expect(part).toBeGreaterThan(2 ** 16);
    expect(sequence).toBeGreaterThan(2 ** 16);
    expect(encoder).toBeGreaterThan(2 ** 31);
  });

  it('is not acknowledged what the program did not take', async () => {
    await connected();
    const trigger = await nextPart();
    expect(await link.send(commandFor({ ...trigger, partId: trigger.partId - 1000 }, true))).toBe('not-connected');
    expect(await link.send(commandFor(trigger, true))).toBe('acknowledged');
  });

  it('is back after it was killed, and takes what comes then', async () => {
    await connected();
    const lost = await nextPart();
    await plc.kill();
    expect(await link.send(commandFor(lost, true))).toBe('not-connected');
    await expect.poll(() => link.status().state, { timeout: 5000 }).not.toBe('connected');
    await startPlc();
    await connected();
    moveTo(encoder + 400);
    expect(await link.send(commandFor(await nextPart(), true))).toBe('acknowledged');
  });
});
