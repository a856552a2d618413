import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monoMs } from '../../base/clock.ts';
import type { LaneFigures } from '../../contract/process.ts';
import type { PlcCounts } from '../../contract/wiring.ts';
import { type Factory, startFactory } from '../../sim/factory.ts';
import { type RunningStation, startStation } from '../../supervisor/station.ts';
import { writeDemoStation } from '../demoStation.ts';
import { freePort } from '../freePort.ts';

/** The demo line on the bench: the same processes as `npm start`, headless, in a folder of its own. */
export interface Rig {
  factory: Factory;
  station: RunningStation;
  /** Where the operator API is served. */
  url: string;
  /** From starting the station's first process to its first verdict. */
  startToFirstVerdictMs: number;
  figures(): Promise<{ lane: LaneFigures; plc: PlcCounts }>;
  /** Counts and times start again from zero. */
  reset(): void;
  rssMiB(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

const firstVerdictPatienceMs = 60_000;
const lookEveryMs = 20;

/**
 * Starts factory and station and waits for the first verdict. `cameraArgs` go to the simulated camera; `prepare` may put
 * something into the station's folder before the station starts.
 */
export const startRig = async (
  cameraArgs: string[],
  say: (what: string) => void,
  prepare: (folder: string) => void = () => undefined,
): Promise<Rig> => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-bench-'));
  const ports = { camera: await freePort(15_610), plc: await freePort(14_850), mes: await freePort(14_851) };
  const factory = await startFactory({ folder, ports, cameraArgs }, say);
  const apiPort = await freePort(18_600);
  const file = writeDemoStation(folder, factory, apiPort);
  prepare(folder);
  say('Station …');
  const startMs = monoMs();
  const station = await startStation(file);
  const line = station.process('line');
  const figures = async (): Promise<{ lane: LaneFigures; plc: PlcCounts }> => {
    const [lanes, plc] = await Promise.all([line.figures(), factory.plc.figures()]);
    const [lane] = lanes as LaneFigures[];
    if (lane === undefined) throw new Error('the station has no lane');
    return { lane, plc: plc as PlcCounts };
  };
  return {
    factory,
    station,
    url: `http://127.0.0.1:${apiPort}`,
    startToFirstVerdictMs: (await firstVerdict(figures)) - startMs,
    figures,
    reset() {
      line.tell({ type: 'reset' });
      factory.plc.reset();
    },
    async rssMiB() {
      const { lane } = await figures();
      const mib = (bytes: number): number => Math.round(bytes / 1024 / 1024);
      const of = (pid: number | undefined): number => (pid === undefined ? 0 : rssOf(pid));
      return {
        line: of(line.pid()),
        vision: mib(lane.visionRssBytes),
        records: of(station.process('records').pid()),
        simCamera: of(factory.camera.pid()),
        simPlc: of(factory.plc.pid()),
        simMes: of(factory.mes.pid()),
      };
    },
    async stop() {
      await station.stop();
      await factory.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const firstVerdict = async (figures: Rig['figures']): Promise<number> => {
  const untilMs = monoMs() + firstVerdictPatienceMs;
  while (monoMs() < untilMs) {
    const { lane } = await figures();
    if (lane.firstVerdictAtMs !== null) return lane.firstVerdictAtMs;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  throw new Error('no verdict within a minute; the log above tells why');
};

/** Resident memory of a process, MiB, as the kernel tells. */
const rssOf = (pid: number): number => {
  const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kib ?? 0) / 1024);
};
