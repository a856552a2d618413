import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDemoStation } from '../../electron/cli/demoStation.ts';
import { freePort } from '../../electron/cli/freePort.ts';
import type { Factory } from '../../electron/sim/factory.ts';
import { provisionDemo } from '../../electron/sim/provision.ts';

describe('a process of a station', () => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-orphan-'));
  let file: string;
  beforeAll(async () => {
    const [camera, plc, mes, api] = await Promise.all([45_610, 44_850, 44_950, 48_600].map(freePort));
    const ports = { camera: camera ?? 0, plc: plc ?? 0 };
    const lanes = [{ ports }] as unknown as Factory['lanes'];
    file = writeDemoStation(folder, { lanes, ports: { ...ports, mes: mes ?? 0 }, paths: await provisionDemo(folder) }, api ?? 0);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['line', 'records'])(
    'ends when who started it is gone before it has started: %s',
    { timeout: 60_000 },
    async (name) => {
      const main = join(import.meta.dirname, `../../electron/${name}/main.ts`);
      const child = fork(main, ['--station', file], {
        execArgv: ['--disable-warning=ExperimentalWarning'],
        serialization: 'advanced',
        env: { ...process.env, LINEGATE_LOG: 'fatal' },
      });
      child.disconnect();
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
  );
});
