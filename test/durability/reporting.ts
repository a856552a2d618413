import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../../electron/base/ask.ts';
import { freePort } from '../../electron/cli/freePort.ts';
import { factsSocket } from '../../electron/config/paths.ts';
import type { FromProcess } from '../../electron/contract/process.ts';
import type { MesCounts } from '../../electron/contract/wiring.ts';
import type { Totals } from '../../electron/records/store/totals.ts';
import { startSim } from '../../electron/sim/child.ts';
import { provisionDemo } from '../../electron/sim/provision.ts';
import { openTestLine, type TestLine } from '../records/line.ts';
import { aRecord } from '../records/record.ts';

const root = join(import.meta.dirname, '../..');
export const lane = 'lane-1';

/** `records` and the simulated MES, both real processes; the case is the line. Nothing of it outlives `end`. */
export const openReporting = async (prepare: (dataDir: string) => void = () => undefined) => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-durability-'));
  const { mesPki, userName, passwordFile } = await provisionDemo(folder);
  const [mesPort, doorPort, apiPort] = [await freePort(24_851), await freePort(25_851), await freePort(28_600)];
  const mes = await startSim('MES', join(root, 'electron/sim/mes/main.ts'), [
    ...['--port', `${mesPort}`, '--pki', mesPki, '--user', userName, '--password-file', passwordFile],
  ]);
  const file = join(folder, 'station.toml');
  /** Written anew when the MES is to be reached another way. */
  const writeStation = (port: number): void =>
    writeFileSync(
      file,
      `station = "test"\ndataDir = "data"\n[api]\nport = ${apiPort}
[[lane]]\nname = "${lane}"\nrecipe = "none.toml"\ncamera = { kind = "sim", port = 1 }\nplc = { endpoint = "opc.tcp://127.0.0.1:1" }
[mes]\nendpoint = "opc.tcp://127.0.0.1:${port}"\nuserName = "${userName}"\npasswordFile = "${passwordFile}"\n`,
    );
  writeStation(mesPort);
  prepare(join(folder, 'data'));
  let records: ChildProcess | null = null;
  let line: TestLine | null = null;

  const start = async (): Promise<void> => {
    const child = fork(join(root, 'electron/records/main.ts'), ['--station', file], {
      ...{ execArgv: ['--disable-warning=ExperimentalWarning'], serialization: 'advanced' },
      env: { ...process.env, LINEGATE_LOG: 'fatal' },
    });
    records = child;
    await new Promise<void>((resolve) => child.on('message', (message: FromProcess) => message.type === 'ready' && resolve()));
    line = await openTestLine(factsSocket(join(folder, 'data')), 'test', [lane]);
  };
  const kill = async (): Promise<void> => {
    line?.close();
    if (records === null || records.exitCode !== null || records.signalCode !== null) return;
    const gone = once(records, 'exit');
    records.kill('SIGKILL');
    await gone;
  };
  return {
    ...{ mes, mesPort, doorPort, writeStation, start, kill },
    counts: async (): Promise<MesCounts> => (await mes.figures()) as MesCounts,
    totals: async (): Promise<Totals> => (await ask(records as ChildProcess, 'figures')) as Totals,
    /** Decides parts `first` to `last`; resolves when their records are on disk. */
    async decide(first: number, last: number): Promise<void> {
      for (let sequence = first; sequence <= last; sequence++)
        line?.send({ type: 'record', record: aRecord({ sequence, decidedAtMs: Date.now() }) });
      await line?.heard((fact) => fact.type === 'kept' && fact.sequence >= last);
    },
    async end(): Promise<void> {
      await kill();
      await mes.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Waits until `is`, and says whether it came to be within `patienceMs`. */
export const until = async (is: () => Promise<boolean> | boolean, patienceMs = 60_000, everyMs = 20): Promise<boolean> => {
  const endMs = performance.now() + patienceMs;
  while (performance.now() < endMs) {
    if (await is()) return true;
    await sleep(everyMs);
  }
  return false;
};
