import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { onTestFinished, vi } from 'vitest';
import { databaseFile } from '../../electron/config/paths.ts';
import { aRecord } from './record.ts';
import { aStationFile } from './stationFile.ts';
import { aStore, arrivals } from './store.ts';

/** A station file beside a data folder with `records` records of its one lane. */
export const aStationWith = (records: number): { folder: string; file: string } => {
  const { folder, file } = aStationFile();
  mkdirSync(join(folder, 'data'));
  const store = aStore({ file: databaseFile(join(folder, 'data')), lanes: ['lane-1'] });
  store.keep(arrivals(...Array.from({ length: records }, (_, index) => aRecord({ sequence: index + 1 }))), 0);
  return { folder, file };
};

/** Runs a command of `linegate` as `args` say; what it tells a person. */
export const runCommand = async (add: (program: Command) => void, ...args: string[]): Promise<string> => {
  let said = '';
  const saying = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  onTestFinished(() => saying.mockRestore());
  const program = new Command();
  add(program);
  await program.parseAsync(args, { from: 'user' });
  return said;
};
