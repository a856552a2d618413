import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { monoMs } from '../../electron/base/clock.ts';
import { writeDemoStation } from '../../electron/cli/demoStation.ts';
import { factoryPorts, freePort } from '../../electron/cli/freePort.ts';
import { type Factory, startFactory } from '../../electron/sim/factory.ts';
import { until } from './link.ts';
import { below, commandOf, end } from './processes.ts';
import { type FakeSystemd, openFakeSystemd } from './systemd.ts';

const unit = readFileSync(new URL('../../build/package/linegate.service', import.meta.url), 'utf8');
/** What the unit file says. */
export const watchdogMs = Number(/^WatchdogSec=(\d+)$/m.exec(unit)?.[1]) * 1000;
const lookEveryMs = 20;
const startPatienceMs = 120_000;

/** The demo line, its station run as `linegate run` by something that does what systemd would do. */
export interface Service {
  systemd: FakeSystemd;
  factory: Factory;
  url: string;
  /** Of `linegate run` itself. */
  pid(): number;
  /** Of a process below it, by what is in its command line: `line/main.ts`; `null` while there is none. */
  find(main: string): number | null;
  /** Blocks the event loop of a process for ever; resolves with the moment from which it is blocked, monotonic. */
  block(pid: number): Promise<number>;
  /** Waits for the process `main` to be another one than `pid`; resolves with that moment, monotonic. */
  untilOther(main: string, pid: number): Promise<number>;
  /** Ends by the watchdog so far. */
  watchdogEnds: readonly { endedAtMs: number; startedAtMs: number }[];
  stop(): Promise<void>;
}

const cli = fileURLToPath(new URL('../../electron/cli/main.ts', import.meta.url));
const block = pathToFileURL(join(import.meta.dirname, 'stubs', 'block.ts')).href;

/** Starts all, and resolves when systemd has been told READY=1. Any of its processes can be blocked: `stubs/block.ts`. */
export const startService = async (cameraArgs: string[]): Promise<Service> => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-service-'));
  const ports = await factoryPorts(1, { camera: 15_710, plc: 14_950, mes: 14_951 });
  const factory = await startFactory({ folder, ...ports, cameraArgs }, () => undefined);
  const apiPort = await freePort(18_700);
  const file = writeDemoStation(folder, factory, apiPort);
  const systemd = await openFakeSystemd();
  const blocked = join(folder, 'blocked');
  const env = {
    ...process.env,
    LINEGATE_BLOCKED: blocked,
    ...{ NODE_OPTIONS: `--import=${block}`, NOTIFY_SOCKET: systemd.socket, WATCHDOG_USEC: `${watchdogMs * 1000}` },
  };
  const watchdogEnds: { endedAtMs: number; startedAtMs: number }[] = [];
  let startedAtMs = 0;
  let child: ChildProcess;
  const start = (): void => {
    startedAtMs = monoMs();
    child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, 'run', '--station', file], {
      ...{ env, stdio: ['ignore', 'inherit', 'inherit'] },
    });
  };
  start();
  const isReady = (): boolean => (systemd.lastAtMs('READY=1') ?? 0) > startedAtMs;
  // Counts from READY=1 on, as systemd does. // systemd.service(5), WatchdogSec
  const watchdog = setInterval(() => {
    const fedAtMs = Math.max(systemd.lastAtMs('WATCHDOG=1') ?? 0, systemd.lastAtMs('READY=1') ?? 0);
    if (!isReady() || monoMs() - fedAtMs <= watchdogMs) return;
    const endedAtMs = monoMs();
    for (const pid of [child.pid ?? 0, ...below(child.pid ?? 0)]) end(pid);
    start();
    watchdogEnds.push({ endedAtMs, startedAtMs });
  }, lookEveryMs);

  const find = (main: string): number | null => below(child.pid ?? 0).find((pid) => commandOf(pid).includes(main)) ?? null;
  const service: Service = {
    ...{ systemd, factory, watchdogEnds, find },
    url: `http://127.0.0.1:${apiPort}`,
    pid: () => child.pid ?? 0,
    async block(pid) {
      rmSync(blocked, { force: true });
      process.kill(pid, 'SIGUSR2');
      await until(async () => existsSync(blocked) && readFileSync(blocked, 'utf8') !== '', 30_000);
      return Number(readFileSync(blocked, 'utf8'));
    },
    async untilOther(main, pid) {
      await until(async () => ![null, pid].includes(find(main)), 30_000);
      return monoMs();
    },
    async stop() {
      clearInterval(watchdog);
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await factory.stop();
      await systemd.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await until(async () => isReady(), startPatienceMs);
  return service;
};
