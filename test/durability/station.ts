import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { factsSocket } from '../../electron/config/paths.ts';
import type { FromProcess } from '../../electron/contract/process.ts';

const root = join(import.meta.dirname, '../..');

/** A station of one lane in a folder of its own, without an MES; nothing runs yet. */
export interface Station extends Disposable {
  folder: string;
  stationFile: string;
  /** The one file of records. */
  file: string;
  socket: string;
  url: string;
}

/** Makes the folder; it is gone when the station is disposed of. `parent`: where to put it. */
export const aStation = (apiPort: number, parent = tmpdir()): Station => {
  const folder = mkdtempSync(join(parent, 'linegate-durability-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  const stationFile = join(folder, 'station.toml');
  writeFileSync(
    stationFile,
    `station = "test"\ndataDir = "data"\n[api]\nport = ${apiPort}\n[[lane]]\nname = "lane-1"\nrecipe = "none.toml"
camera = { kind = "sim", port = 1 }\nplc = { endpoint = "opc.tcp://127.0.0.1:1" }\n`,
  );
  const socket = factsSocket(data);
  return {
    ...{ folder, stationFile, socket, file: join(data, 'records.sqlite'), url: `http://127.0.0.1:${apiPort}` },
    [Symbol.dispose]() {
      rmSync(folder, { recursive: true, force: true });
      rmSync(dirname(socket), { recursive: true, force: true });
    },
  };
};

/** A running `records` process. */
export interface Running {
  child: ChildProcess;
  ready: Promise<void>;
  exited: Promise<unknown>;
  said(): string;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

interface HowToStart {
  env?: Record<string, string>;
  nodeArgs?: string[];
  /** As whom; the caller's own when left out. */
  uid?: number;
  /** Runs the command line in a shell of its own kind: a mount namespace, say. */
  wrap?(commandLine: string[]): string[];
}

/** Starts the real process for `station`. */
export const startRecords = (
  station: Station,
  { env = {}, nodeArgs = [], uid, wrap = (line) => line }: HowToStart = {},
): Running => {
  const entry = join(root, 'electron/records/main.ts');
  const line = [process.execPath, '--disable-warning=ExperimentalWarning', ...nodeArgs, entry, '--station', station.stationFile];
  const [command = '', ...args] = wrap(line);
  const child = spawn(command, args, {
    stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    ...(uid === undefined ? {} : { uid }),
    env: { ...process.env, LINEGATE_LOG: 'error', ...env },
  });
  let said = '';
  child.stderr?.on('data', (chunk) => (said += chunk));
  const exited = once(child, 'exit');
  const ready = new Promise<void>((resolve) =>
    child.on('message', (message: FromProcess) => message.type === 'ready' && resolve()),
  );
  return {
    ...{ child, ready, exited, said: () => said },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      if (child.connected) child.send({ type: 'stop' });
      await exited;
    },
  };
};
