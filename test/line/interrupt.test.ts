import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDemoStation } from '../../electron/cli/demoStation.ts';
import { factoryPorts, freePort } from '../../electron/cli/freePort.ts';
import { databaseFile } from '../../electron/config/paths.ts';
import { openReader } from '../../electron/records/store/reader.ts';
import { type Factory, startFactory } from '../../electron/sim/factory.ts';
import { below } from '../faults/processes.ts';

const cli = fileURLToPath(new URL('../../electron/cli/main.ts', import.meta.url));
const patience = { timeout: 60_000, interval: 50 };

/** `linegate run` in a process group of its own, as a terminal has it: Ctrl-C reaches all of it at once. */
const runStation = (file: string) => {
  const child: ChildProcess = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, 'run', '--station', file], {
    ...{ detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  });
  const pid = child.pid as number;
  const heard = { text: '' };
  child.stderr?.on('data', (data: Buffer) => {
    heard.text += data.toString();
  });
  return {
    ended: once(child, 'exit') as Promise<[number | null, string | null]>,
    says: (what: string) => expect.poll(() => heard.text, patience).toContain(what),
    interrupt: () => process.kill(-pid, 'SIGINT'),
    processes: () => [pid, ...below(pid)],
  };
};

const isThere = (pid: number): boolean => existsSync(`/proc/${pid}`);

describe('a station that runs, and Ctrl-C', () => {
  let folder: string;
  let factory: Factory;
  let file: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'linegate-interrupt-'));
    const ports = await factoryPorts(1, { camera: 15_810, plc: 14_970, mes: 14_971 });
    factory = await startFactory({ folder, ...ports, cameraArgs: ['--rate', '20', '--seed', '3'] }, () => undefined);
    file = writeDemoStation(folder, factory, await freePort(18_760));
  }, 60_000);
  afterAll(async () => {
    await factory.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const recorded = (): number => {
    const reader = openReader(databaseFile(join(folder, 'data')), 'DEMO');
    try {
      return [...reader.select({})].reduce((sum, { records }) => sum + records.length, 0);
    } finally {
      reader.close();
    }
  };
  const reported = async (): Promise<number> => ((await factory.mes.figures()) as { received: number }).received;

  it('ends in good order after one, with its last records at the MES', { timeout: 120_000 }, async () => {
    const station = runStation(file);
    await station.says('runs. Screen');
    await expect.poll(reported, patience).toBeGreaterThan(20);
    const processes = station.processes();
    expect(processes.length).toBeGreaterThan(3);
    station.interrupt();
    expect(await station.ended).toEqual([0, null]);
    expect(processes.filter(isThere)).toEqual([]);
    expect(await reported()).toBe(recorded());
  });

  it('ends at once after two, leaves no process, and starts again', { timeout: 180_000 }, async () => {
    const before = recorded();
    const station = runStation(file);
    await station.says('runs. Screen');
    await expect.poll(recorded, patience).toBeGreaterThan(before + 20);
    const processes = station.processes();
    station.interrupt();
    await station.says('Stopping');
    station.interrupt();
    expect(await station.ended).toEqual([130, null]);
    await expect.poll(() => processes.filter(isThere), patience).toEqual([]);

    const kept = recorded();
    const next = runStation(file);
    await next.says('runs. Screen');
    // Not just one record more: an MES that is not reached yet gets what waits after the next start.
    await expect.poll(reported, patience).toBeGreaterThan(kept);
    next.interrupt();
    expect(await next.ended).toEqual([0, null]);
    expect(await reported()).toBe(recorded());
  });
});
