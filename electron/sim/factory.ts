import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { mkdtempSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type SimChild, startSim } from './child.ts';
import { type DemoPaths, provisionDemo } from './provision.ts';

/** A factory in a box: conveyor with camera, PLC and MES, each a process of its own. */
export interface Factory {
  camera: SimChild;
  plc: SimChild;
  mes: SimChild;
  ports: FactoryPorts;
  paths: DemoPaths;
  stop(): Promise<void>;
}

export interface FactoryPorts {
  camera: number;
  plc: number;
  mes: number;
}

export interface FactoryOptions {
  /** Where certificates and passwords are kept, so that the next start is quick. */
  folder: string;
  ports: FactoryPorts;
  /** More arguments of the camera's `main.ts`: seed, rate, defects … */
  cameraArgs: string[];
  plcArgs?: string[];
  mesArgs?: string[];
}

const entry = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Encrypted answers make much short-lived garbage: with a 1 MB young generation p99 of a write falls from 28 to 1 ms. And
 * node:crypto throws and catches at every key that is given as bytes; without long traces p50 falls from 0.60 to 0.50 ms.
 */
const plcFlags = ['--max-semi-space-size=1', '--stack-trace-limit=1'];

/** Starts the three, wired together; `say` hears what takes long. */
export const startFactory = async (options: FactoryOptions, say: (what: string) => void): Promise<Factory> => {
  say('Certificates and passwords …');
  const paths = await provisionDemo(options.folder);
  const { ports } = options;
  // Not in `folder`: a Unix socket's path may hold no more than 107 bytes.
  const wiring = join(mkdtempSync(join(tmpdir(), 'linegate-wiring-')), 'wiring.sock');
  say('Conveyor, PLC and MES …');
  const login = (pki: string): string[] => ['--pki', pki, '--user', paths.userName, '--password-file', paths.passwordFile];
  const [camera, plc, mes] = await Promise.all([
    startSim('camera', entry('./camera/main.ts'), ['--port', `${ports.camera}`, '--wiring', wiring, ...options.cameraArgs]),
    startSim(
      'PLC',
      entry('./plc/main.ts'),
      ['--port', `${ports.plc}`, '--wiring', wiring, ...login(paths.plcPki), ...(options.plcArgs ?? [])],
      plcFlags,
    ),
    startSim('MES', entry('./mes/main.ts'), ['--port', `${ports.mes}`, ...login(paths.mesPki), ...(options.mesArgs ?? [])]),
  ]);
  return {
    camera,
    plc,
    mes,
    ports,
    paths,
    stop: async () => {
      await Promise.all([camera.stop(), plc.stop(), mes.stop()]);
    },
  };
};
