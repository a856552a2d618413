import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { mkdtempSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { shortPauses } from '../base/shortPauses.ts';
import { type SimChild, startSim } from './child.ts';
import { type DemoPaths, provisionDemo } from './provision.ts';

/** What stands around one lane of a station: a conveyor with its camera, and the PLC with its gate, each a process of its own. */
export interface FactoryLane {
  camera: SimChild;
  plc: SimChild;
  ports: LanePorts;
  /** Starts the PLC again that was killed, with more options when given; `plc` is the new one then. */
  startPlc(more?: string[]): Promise<void>;
}

export interface LanePorts {
  camera: number;
  plc: number;
}

/** A factory in a box. Its own conveyor and PLC are those of the first lane. */
export interface Factory extends FactoryLane {
  /** Every lane, the first as well. */
  lanes: [FactoryLane, ...FactoryLane[]];
  mes: SimChild;
  ports: FactoryPorts;
  paths: DemoPaths;
  stop(): Promise<void>;
  /** Ends all of it now. */
  kill(): void;
}

export interface FactoryPorts extends LanePorts {
  mes: number;
}

export interface FactoryOptions {
  /** Where certificates and passwords are kept, so that the next start is quick. */
  folder: string;
  ports: FactoryPorts;
  /** Lanes beside the first. */
  otherLanes?: LanePorts[];
  /** More arguments of the cameras' `main.ts`: seed, rate, defects … */
  cameraArgs: string[];
  plcArgs?: string[];
  mesArgs?: string[];
}

const entry = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Encrypted answers make much short-lived garbage: with a 1 MB young generation p99 of a write falls from 28 to 1 ms. And
 * node:crypto throws and catches at every key that is given as bytes; without long traces p50 falls from 0.60 to 0.50 ms.
 */
const plcFlags = [...shortPauses, '--stack-trace-limit=1'];

/** Starts all of them, wired together; `say` hears what takes long. */
export const startFactory = async (options: FactoryOptions, say: (what: string) => void): Promise<Factory> => {
  say('Certificates and passwords …');
  const paths = await provisionDemo(options.folder);
  const { ports, otherLanes = [] } = options;
  say('Conveyor, PLC and MES …');
  const [mes, first, ...others] = await Promise.all([
    startSim('MES', entry('./mes/main.ts'), mesArgsOf(options, paths)),
    startLane(options, paths, ports),
    ...otherLanes.map((each) => startLane(options, paths, each)),
  ]);
  const all = (): SimChild[] => [mes, ...[first, ...others].flatMap(({ camera, plc }) => [camera, plc])];
  return {
    ...first,
    lanes: [first, ...others],
    mes,
    ports,
    paths,
    stop: async () => {
      await Promise.all(all().map((each) => each.stop()));
    },
    kill: () => {
      for (const each of all()) each.kill();
    },
  };
};

const login = ({ userName, passwordFile }: DemoPaths, pki: string): string[] => [
  ...['--pki', pki, '--user', userName, '--password-file', passwordFile],
];

const mesArgsOf = ({ ports, mesArgs = [] }: FactoryOptions, paths: DemoPaths): string[] => [
  ...['--port', `${ports.mes}`, ...login(paths, paths.mesPki), ...mesArgs],
];

const startLane = async (options: FactoryOptions, paths: DemoPaths, ports: LanePorts): Promise<FactoryLane> => {
  // Not in `folder`: a Unix socket's path may hold no more than 107 bytes.
  const wiring = join(mkdtempSync(join(tmpdir(), 'linegate-wiring-')), 'wiring.sock');
  const cameraArgs = ['--port', `${ports.camera}`, '--wiring', wiring, ...options.cameraArgs];
  const plcArgs = ['--port', `${ports.plc}`, '--wiring', wiring, ...login(paths, paths.plcPki), ...(options.plcArgs ?? [])];
  const startPlc = (more: string[] = []): Promise<SimChild> =>
    startSim('PLC', entry('./plc/main.ts'), [...plcArgs, ...more], plcFlags);
  const [camera, plc] = await Promise.all([startSim('camera', entry('./camera/main.ts'), cameraArgs), startPlc()]);
  const lane: FactoryLane = {
    ...{ camera, plc, ports },
    async startPlc(more) {
      lane.plc = await startPlc(more);
    },
  };
  return lane;
};
