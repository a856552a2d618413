import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { factsSocket } from '../../electron/config/paths.ts';
import type { LaneStatus } from '../../electron/contract/facts.ts';
import type { FromProcess } from '../../electron/contract/process.ts';
import type { PartRecord } from '../../electron/contract/record.ts';
import { openTestLine, type TestLine } from '../records/line.ts';
import { aRecord } from '../records/record.ts';

const jpeg = new Uint8Array(readFileSync(join(import.meta.dirname, 'part.jpg')));
const labels = (['good', 'cracked', 'missing'] as const).map(
  (name) => ({ name, verdict: name === 'good' ? 'ok' : 'nok' }) as const,
);

const machine = { mode: 'auto', owner: 'plc', binFull: false, airOk: true } as const;
/** A lane that is well, with `counts` parts behind it. */
export const aLane = (changes: Partial<LaneStatus> = {}): LaneStatus => ({
  lane: 'lane-1',
  recipe: 'resistor-0603',
  product: 'Chip resistor 0603',
  model: { name: 'parts', version: '1.0.0', sha8: '01234567', provider: 'cpu', labels: [...labels] },
  camera: { state: 'running', message: '', fps: 60, frames: 5000, dropped: 0, refused: {}, trouble: null },
  plc: {
    state: 'connected',
    message: '',
    endpoint: 'opc.tcp://1',
    lineRunning: true,
    failSafe: false,
    ...machine,
    heartbeatAgeMs: 50,
  },
  counts: {
    ok: 1200,
    nok: 30,
    unsure: 3,
    error: 1,
    parts: 1234,
    rejected: 34,
    late: 0,
    missedTriggers: 0,
    doubleTriggers: 0,
    skippedIds: 0,
    notSent: 0,
  },
  interlocks: [],
  latency: { verdictMs: { p50: 2.6, p99: 4.1 }, gateAckMs: { p50: 0.4, p99: 0.7 } },
  recentConfidence: Array.from({ length: 120 }, (_, index) => 0.9 + (index % 10) / 100),
  ...changes,
});

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

/** A real `records` with its screen; the test is its `line`. */
export interface UiStation {
  url: string;
  /** What the line says five times a second from now on. */
  say(lanes: LaneStatus[]): void;
  /** A decided part, its picture and its place in the live picture. */
  decide(changes: Partial<PartRecord>): Promise<void>;
  preview(kind: 'ok' | 'nok', partId: number): void;
  /** Resolves when the line is told to reset the interlocks of a lane; by whom. */
  resetTold(lane: string): Promise<string>;
  /** Kills `records`, as a crash would. */
  kill(): Promise<void>;
  /** Starts `records` again and the line with it. */
  start(): Promise<void>;
  end(): Promise<void>;
}

export const openUiStation = async (): Promise<UiStation> => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-ui-'));
  const port = await freePort();
  const file = join(folder, 'station.toml');
  const laneToml = (name: string): string =>
    `[[lane]]\nname = "${name}"\nrecipe = "none.toml"\ncamera = { kind = "sim", port = 1 }\nplc = { endpoint = "opc.tcp://127.0.0.1:1" }\n`;
  writeFileSync(file, `station = "test"\ndataDir = "data"\n[api]\nport = ${port}\n${laneToml('lane-1')}${laneToml('lane-2')}`);
  const socket = factsSocket(join(folder, 'data'));
  let records: ChildProcess;
  let line: TestLine;
  let lanes = [aLane()];
  const timer = setInterval(() => line?.send({ type: 'status', lanes, waitingRecords: 0, isFull: false }), 200);

  const station: UiStation = {
    url: `http://127.0.0.1:${port}`,
    say: (said) => {
      lanes = said;
    },
    async decide(changes) {
      const record = aRecord({ decidedAtMs: Date.now(), ...changes });
      const { lane, sequence, partId, verdict, decidedAtMs } = record;
      line.send({ type: 'record', record });
      line.send({ type: 'picture', lane, sequence, partId, verdict, decidedAtMs, jpeg });
      await line.heard((fact) => fact.type === 'kept' && fact.lane === lane && fact.sequence >= sequence);
    },
    preview: (kind, partId) =>
      line.send({
        type: 'preview',
        lane: 'lane-1',
        ...{ frameSequence: partId, width: 320, height: 180, jpeg },
        verdict: { kind, reason: kind === 'ok' ? 'good' : 'cracked', confidence: 0.97, partId },
        roi: { x: 480, y: 200, width: 320, height: 320 },
        frameSize: { width: 1280, height: 720 },
      }),
    async resetTold(lane) {
      const told = await line.heard((fact) => fact.type === 'resetInterlocks' && fact.lane === lane);
      return told.type === 'resetInterlocks' ? told.by : '';
    },
    async kill() {
      line.close();
      if (records.exitCode !== null || records.signalCode !== null) return;
      const ended = once(records, 'exit');
      records.kill('SIGKILL');
      await ended;
    },
    async start() {
      records = fork(join(import.meta.dirname, '../../electron/records/main.ts'), ['--station', file], {
        execArgv: ['--disable-warning=ExperimentalWarning'],
        serialization: 'advanced',
        env: { ...process.env, LINEGATE_LOG: 'error' },
      });
      await new Promise<void>((ready) => records.on('message', (message: FromProcess) => message.type === 'ready' && ready()));
      line = await openTestLine(socket, 'test', ['lane-1', 'lane-2']);
    },
    async end() {
      clearInterval(timer);
      await station.kill();
      rmSync(folder, { recursive: true, force: true });
      rmSync(dirname(socket), { recursive: true, force: true });
    },
  };
  await station.start();
  return station;
};
