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
import { type Decided, isWrong, openStory, type Taken } from './story.ts';

const lacks = lacksAsyncua();
const stationFile = fileURLToPath(new URL('station.toml', import.meta.url));
const cameraMain = fileURLToPath(new URL('../../../electron/sim/camera/main.ts', import.meta.url));
const parts = 120;

describe.skipIf(lacks !== null)(`a whole line between an asyncua PLC and MES${lacks === null ? '' : ` (${lacks})`}`, () => {
  const story = openStory();
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
      serve('plc', (message) => {
        if (message.type === 'decided') story.decided(message as Decided);
        else wires.send(message as ToConveyor);
      }),
      serve('mes', (message) => story.reported(message as unknown as Taken)),
      startSim('camera', cameraMain, ['--port', `${ports.camera}`, '--wiring', wiring, '--rate', '10', '--defects', '0.2']),
    ]);
    trustServer(join(folder, 'plc'), join(paths.stationPki, 'line'));
    trustServer(join(folder, 'mes'), join(paths.stationPki, 'records'));
    const hear = (message: FromConveyor): void => {
      story.passed(message);
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

  it('has the bad parts out and the good ones on, and tells why of each that it could not', async () => {
    const wentOn = (): number => story.told().filter(({ decided, left }) => decided.why === 'verdict' && !left.ejected).length;
    // However busy the machine is, some parts go by their verdicts; what it cost the others is told below.
    await expect.poll(wentOn, { timeout: 90_000 }).toBeGreaterThan(20);
    await expect.poll(() => story.told().length, { timeout: 60_000 }).toBeGreaterThan(parts);
    await camera.stop();
    await expect.poll(() => story.unreported(), { timeout: 30_000 }).toEqual([]);
    expect(story.told().filter(isWrong)).toEqual([]);
    expect(story.told().some(({ isBad, decided }) => isBad && decided.why === 'verdict')).toBe(true);
    expect(story.sequences()).toEqual(story.sequences().map((_, index) => index + 1));
  });
});
