import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'smol-toml';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeDemoStation } from '../../../electron/cli/demoStation.ts';
import { freePort } from '../../../electron/cli/freePort.ts';
import type { FromConveyor, ToConveyor } from '../../../electron/contract/wiring.ts';
import { type SimChild, startSim } from '../../../electron/sim/child.ts';
import { provisionDemo } from '../../../electron/sim/provision.ts';
import { connectWires, type Wires } from '../../../electron/sim/plc/wires.ts';
import { type RunningStation, startStation } from '../../../electron/supervisor/station.ts';
import { approveUs, trustServer } from './acquaint.ts';
import { lacksAsyncua, type PythonChild, startPython } from './python.ts';

const lacks = lacksAsyncua();
const stationFile = fileURLToPath(new URL('station.toml', import.meta.url));
const cameraMain = fileURLToPath(new URL('../../../electron/sim/camera/main.ts', import.meta.url));
const parts = 120;

/** What came along the conveyor, and what became of it. */
const openTally = () => {
  const bad = new Map<number, boolean>();
  const left: { isBad: boolean; ejected: boolean }[] = [];
  return {
    left,
    hear(message: FromConveyor): void {
      if (message.type === 'edge') bad.set(message.part, message.truth.bad);
      else if (message.type === 'left') left.push({ isBad: bad.get(message.part) === true, ejected: message.ejected });
    },
  };
};

describe.skipIf(lacks !== null)(`a whole line between an asyncua PLC and MES${lacks === null ? '' : ` (${lacks})`}`, () => {
  const reported: string[] = [];
  let tally = openTally();
  let [plc, mes]: PythonChild[] = [];
  let camera: SimChild;
  let wires: Wires;
  let station: RunningStation;

  /** The integrator's station file, but for ports and the demo's recipe. */
  const writeStation = (folder: string, ports: { camera: number; plc: number; mes: number }, apiPort: number): string => {
    const file = join(folder, 'station.toml');
    const known = parse(readFileSync(stationFile, 'utf8')) as { lane: [{ plc: object }]; mes: object };
    const [lane] = known.lane;
    const at = (port: number) => ({ endpoint: `opc.tcp://127.0.0.1:${port}` });
    const changed = { ...lane, camera: { kind: 'sim', port: ports.camera }, plc: { ...lane.plc, ...at(ports.plc) } };
    writeFileSync(
      file,
      stringify({ ...known, api: { port: apiPort }, lane: [changed], mes: { ...known.mes, ...at(ports.mes) } }),
    );
    return file;
  };

  beforeAll(async () => {
    vi.stubEnv('LINEGATE_LOG', 'silent');
    const folder = mkdtempSync(join(tmpdir(), 'linegate-foreign-'));
    const paths = await provisionDemo(folder);
    const ports = { camera: await freePort(26_610), plc: await freePort(26_710), mes: await freePort(26_810) };
    const wiring = join(folder, 'wiring.sock');
    const serve = (name: 'plc' | 'mes', hear: (message: { type: string }) => void): Promise<PythonChild> => {
      approveUs(join(folder, name), join(paths.stationPki, name === 'plc' ? 'line' : 'records'));
      const login = ['--pki', join(folder, name), '--user', paths.userName, '--password-file', paths.passwordFile];
      return startPython(`./${name}.py`, ['--port', `${ports[name]}`, ...login], hear);
    };
    [plc, mes, camera] = await Promise.all([
      serve('plc', (message) => wires.send(message as ToConveyor)),
      serve('mes', (message) => reported.push(...(message as { type: string; ids: string[] }).ids)),
      startSim('camera', cameraMain, ['--port', `${ports.camera}`, '--wiring', wiring, '--rate', '10', '--defects', '0.2']),
    ]);
    trustServer(join(folder, 'plc'), join(paths.stationPki, 'line'));
    trustServer(join(folder, 'mes'), join(paths.stationPki, 'records'));
    const hear = (message: FromConveyor): void => {
      tally.hear(message);
      plc?.say(message);
    };
    wires = connectWires(wiring, { onMessage: hear, onConnected: () => undefined });
    const apiPort = await freePort(26_910);
    writeDemoStation(folder, { lanes: [{ ports }] as never, ports, paths }, apiPort);
    station = await startStation(writeStation(folder, ports, apiPort));
  });
  afterAll(async () => {
    await station.stop();
    wires.close();
    await Promise.all([plc?.kill(), mes?.kill(), camera.stop()]);
  });

  it('has the bad parts out and the good ones on, and every report once and in order', async () => {
    const passed = (): number => tally.left.filter(({ ejected }) => !ejected).length;
    await expect.poll(passed, { timeout: 60_000 }).toBeGreaterThan(5);
    tally = openTally();
    await expect.poll(() => tally.left.length, { timeout: 60_000 }).toBeGreaterThan(parts);
    expect(tally.left.some(({ isBad }) => isBad)).toBe(true);
    expect(tally.left.filter(({ isBad, ejected }) => isBad && !ejected)).toEqual([]);
    // The fail-safe may take a few on a busy machine; by far the most went by their verdicts.
    expect(passed()).toBeGreaterThan(parts / 2);
    await expect.poll(() => reported.length, { timeout: 20_000 }).toBeGreaterThan(parts);
    const sequences = reported.map((id) => Number(id.split('/')[2]));
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
  });
});
