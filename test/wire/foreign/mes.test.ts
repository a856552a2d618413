import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'smol-toml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../electron/cli/freePort.ts';
import { loadStation } from '../../../electron/config/load.ts';
import type { MesConfig } from '../../../electron/config/station.ts';
import { jobDesk } from '../../../electron/records/mes/jobDesk.ts';
import { type MesLink, openMes } from '../../../electron/records/mes/mes.ts';
import { provisionDemo } from '../../../electron/sim/provision.ts';
import { aRecord } from '../../records/record.ts';
import { aQuietLine, aStore, arrivals } from '../../records/store.ts';
import { approveUs } from './acquaint.ts';
import { lacksAsyncua, type PythonChild, startPython } from './python.ts';

const lacks = lacksAsyncua();
const stationFile = fileURLToPath(new URL('station.toml', import.meta.url));
const cli = fileURLToPath(new URL('../../../electron/cli/main.ts', import.meta.url));
const idOf = (sequence: number): string => `FOREIGN/lane-1/${sequence}`;

describe.skipIf(lacks !== null)(`records and an asyncua MES${lacks === null ? '' : ` (${lacks})`}`, () => {
  let folder: string;
  let pki: string;
  let config: MesConfig;
  let mes: PythonChild;
  const taken: string[] = [];

  const startMes = async (): Promise<void> => {
    const { endpoint, userName, passwordFile } = config;
    const login = ['--pki', folder, '--user', `${userName}`, '--password-file', `${passwordFile}`];
    mes = await startPython('./mes.py', ['--port', new URL(endpoint).port, ...login], (message) =>
      taken.push(...(message as { type: string; ids: string[] }).ids),
    );
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'linegate-foreign-'));
    const paths = await provisionDemo(folder);
    pki = paths.stationPki;
    const { mes: binding } = loadStation(stationFile) as { mes: MesConfig };
    const endpoint = `opc.tcp://127.0.0.1:${await freePort(25_250)}`;
    config = { ...binding, endpoint, passwordFile: paths.passwordFile };
    approveUs(folder, join(pki, 'records'));
    await startMes();
  });
  afterAll(() => mes.kill());

  it('is refused until a person trusts its certificate, and told how', async () => {
    let message = '';
    const store = aStore({ station: 'FOREIGN' });
    const onStatus = (status: { message: string }): void => void (message = status.message || message);
    const link = openMes(config, pki, { reports: store.reports, jobs: jobDesk(store.jobs, aQuietLine), onStatus });
    await expect.poll(() => message, { timeout: 15_000 }).toMatch(/MES .*not trusted here.*"linegate certificate trust records"/);
    await link.close();
    const file = join(folder, 'station.toml');
    const known = parse(readFileSync(stationFile, 'utf8'));
    writeFileSync(file, stringify({ ...known, mes: { ...(known['mes'] as object), endpoint: config.endpoint } }));
    const trust = (...args: string[]): string =>
      execFileSync(process.execPath, [cli, 'certificate', 'trust', 'records', '--station', file, ...args], { encoding: 'utf8' });
    const shown = new X509Certificate(readFileSync(join(folder, 'certificate.der'))).fingerprint256;
    expect(trust()).toContain(shown);
    expect(trust(shown)).toContain('Trusted');
  });

  it('has every report once and in order, though answers are lost, it is killed, and we start again', async () => {
    const store = aStore({ station: 'FOREIGN' });
    const open = (): MesLink =>
      openMes(config, pki, { reports: store.reports, jobs: jobDesk(store.jobs, aQuietLine), onStatus: () => undefined });
    let kept = 0;
    const keep = (count: number): void => {
      const records = Array.from({ length: count }, () => aRecord({ station: 'FOREIGN', sequence: ++kept }));
      store.keep(arrivals(...records), 0);
    };
    const untilNoneWaits = (): Promise<void> =>
      expect.poll(() => store.reports.next(1), { timeout: 30_000, interval: 20 }).toEqual([]);
    keep(500);
    mes.say({ type: 'lose-answers', count: 1 });
    let link = open();
    await untilNoneWaits();
    await mes.kill();
    keep(300);
    link.wake();
    await link.close();
    // The new one knows nothing of what the old one took.
    await startMes();
    link = open();
    keep(200);
    link.wake();
    await untilNoneWaits();
    await link.close();
    expect(taken).toEqual(Array.from({ length: 1000 }, (_, index) => idOf(index + 1)));
  });
});
