import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Rig, type RigSetUp, startRig } from '../../electron/cli/bench/rig.ts';
import { until } from './link.ts';

/** The demo line whose model can be spoilt while it runs (`stubs/scores.ts` says how). */
export interface StubbedRig extends Rig {
  spoil(how: string): void;
  /** One inference does not end; resolves when that has begun, monotonic milliseconds. */
  hang(): Promise<number>;
}

/** Starts it with a model that works well. */
export const startStubbedRig = async (cameraArgs: string[], setUp: RigSetUp = {}): Promise<StubbedRig> => {
  const file = join(mkdtempSync(join(tmpdir(), 'linegate-stub-')), 'scores');
  const spoil = (how: string): void => writeFileSync(file, how);
  const hung = `${file}.hung`;
  const hang = async (): Promise<number> => {
    rmSync(hung, { force: true });
    spoil('hang');
    await until(() => Promise.resolve(existsSync(hung) && readFileSync(hung, 'utf8') !== ''));
    return Number(readFileSync(hung, 'utf8'));
  };
  spoil('well');
  const before = process.env['NODE_OPTIONS'];
  process.env['LINEGATE_STUB'] = file;
  process.env['NODE_OPTIONS'] = `--import=${pathToFileURL(join(import.meta.dirname, 'stubs', 'scores.ts')).href}`;
  try {
    return { ...(await startRig(cameraArgs, () => undefined, setUp)), spoil, hang };
  } finally {
    delete process.env['LINEGATE_STUB'];
    if (before === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = before;
  }
};
