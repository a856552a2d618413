import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { monoMs } from '../../base/clock.ts';
import type { GateMode } from '../../contract/gate.ts';
import type { LaneFigures } from '../../contract/process.ts';
import type { PlcFigures } from '../../contract/wiring.ts';
import { type SimChild, startSim } from '../../sim/child.ts';
import { type Factory, startFactory } from '../../sim/factory.ts';
import { type RunningStation, startStation } from '../../supervisor/station.ts';
import { type RecipeChange, writeDemoStation } from '../demoStation.ts';
import { factoryPorts, freePort } from '../freePort.ts';

/** What `line` and the simulated PLC say of one lane. */
export interface RigFigures {
  lane: LaneFigures;
  plc: PlcFigures;
}

/** The demo line on the bench: the same processes as `npm start`, headless, in a folder of its own. */
export interface Rig {
  factory: Factory;
  /** Where the station's data lie, and the factory's. */
  folder: string;
  /** The cable to the first PLC, when asked for. */
  proxy: SimChild | null;
  station: RunningStation;
  /** Where the operator API is served. */
  url: string;
  /** From starting the station's first process to its first verdict. */
  startToFirstVerdictMs: number;
  /** Of the first lane. */
  figures(): Promise<RigFigures>;
  /** Of every lane. */
  allFigures(): Promise<RigFigures[]>;
  /** Counts and times start again from zero. */
  reset(): void;
  /** Of all lanes together. */
  rssMiB(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

/** What is otherwise than in the demo. */
export interface RigSetUp {
  lanes?: number;
  plcArgs?: string[];
  recipe?: RecipeChange;
  /** Who times the gates. */
  gate?: GateMode;
  /** May put something into the station's folder before the station starts. */
  prepare?: (folder: string) => void;
  /** The station reaches the first lane's PLC through a cable with faults. */
  proxied?: boolean;
}

/** A gate that the station times moves as long after its word as the simulated one does. */
export const timedGate = { distanceCounts: 4000, actuatorMs: 30 } as const;

const firstVerdictPatienceMs = 60_000;
const lookEveryMs = 20;

/** Starts factory and station and waits for the first verdict. `cameraArgs` go to the simulated cameras. */
export const startRig = async (cameraArgs: string[], say: (what: string) => void, setUp: RigSetUp = {}): Promise<Rig> => {
  const { lanes = 1, plcArgs = [], recipe = {}, gate = 'plc', proxied = false } = setUp;
  const folder = mkdtempSync(join(tmpdir(), 'linegate-bench-'));
  const ports = await factoryPorts(lanes, { camera: 15_610, plc: 14_850, mes: 14_851 });
  const factory = await startFactory({ folder, ...ports, cameraArgs, plcArgs: ['--gate', gate, ...plcArgs] }, say);
  const apiPort = await freePort(18_600);
  const proxy = proxied ? await startProxy(factory.ports.plc) : null;
  const file = writeDemoStation(folder, proxy === null ? factory : behind(factory, proxy.port), apiPort, {
    ...(gate === 'line' ? { gate: timedGate } : {}),
    ...recipe,
    timedBy: gate,
  });
  setUp.prepare?.(folder);
  say('Station …');
  const startMs = monoMs();
  const station = await startStation(file);
  const line = station.process('line');
  const allFigures = async (): Promise<RigFigures[]> => {
    const [figures, ...counts] = await Promise.all([line.figures(), ...factory.lanes.map(({ plc }) => plc.figures())]);
    return (figures as LaneFigures[]).map((lane, index) => ({ lane, plc: counts[index] as PlcFigures }));
  };
  const figures = async (): Promise<RigFigures> => {
    const [first] = await allFigures();
    if (first === undefined) throw new Error('the station has no lane');
    return first;
  };
  return {
    factory,
    folder,
    proxy: proxy?.child ?? null,
    station,
    url: `http://127.0.0.1:${apiPort}`,
    startToFirstVerdictMs: (await firstVerdict(allFigures)) - startMs,
    figures,
    allFigures,
    reset() {
      line.tell({ type: 'reset' });
      for (const { plc } of factory.lanes) plc.reset();
    },
    async rssMiB() {
      const lanes = await allFigures();
      const mib = (bytes: number): number => Math.round(bytes / 1024 / 1024);
      const of = (...pids: (number | undefined)[]): number =>
        pids.reduce<number>((sum, pid) => sum + (pid === undefined ? 0 : rssOf(pid)), 0);
      return {
        line: of(line.pid()),
        vision: mib(lanes.reduce((sum, { lane }) => sum + lane.visionRssBytes, 0)),
        records: of(station.process('records').pid()),
        simCamera: of(...factory.lanes.map(({ camera }) => camera.pid())),
        simPlc: of(...factory.lanes.map(({ plc }) => plc.pid())),
        simMes: of(factory.mes.pid()),
      };
    },
    async stop() {
      await station.stop();
      await Promise.all([factory.stop(), proxy?.child.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const startProxy = async (target: number): Promise<{ child: SimChild; port: number }> => {
  const port = await freePort(24_950);
  const main = fileURLToPath(new URL('../../sim/proxy/main.ts', import.meta.url));
  return { child: await startSim('proxy', main, ['--port', `${port}`, '--target', `${target}`]), port };
};

/** The factory as the station sees it: its first PLC is at the other end of a cable. */
const behind = (
  { lanes: [first, ...others], ports, paths }: Factory,
  plc: number,
): Pick<Factory, 'lanes' | 'ports' | 'paths'> => ({
  lanes: [{ ...first, ports: { ...first.ports, plc } }, ...others],
  ports,
  paths,
});

/** When the last of the lanes gave its first verdict, monotonic. */
const firstVerdict = async (allFigures: Rig['allFigures']): Promise<number> => {
  const untilMs = monoMs() + firstVerdictPatienceMs;
  while (monoMs() < untilMs) {
    const firsts = (await allFigures()).map(({ lane }) => lane.firstVerdictAtMs);
    if (firsts.every((each) => each !== null)) return Math.max(...firsts);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  throw new Error('no verdict within a minute; the log above tells why');
};
/** Resident memory of a process, MiB, as the kernel tells. */
const rssOf = (pid: number): number => {
  const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kib ?? 0) / 1024);
};
