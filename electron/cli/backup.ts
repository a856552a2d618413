import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { PersonError } from '../base/errors.ts';
import { loadStation } from '../config/load.ts';
import { databaseFile } from '../config/paths.ts';
import { openReader } from '../records/store/reader.ts';
import { openProgress, type Progress } from './progress.ts';

/** `linegate backup`: a copy of the records of one moment, while the station runs. */
export const backupCommand = (program: Command): void => {
  program
    .command('backup')
    .description('copy the records as they are at this moment; the station may run')
    .requiredOption('--station <file>', 'station file')
    .requiredOption('--to <file>', 'where to; must not exist yet')
    .action(async ({ station, to }: { station: string; to: string }) => {
      await backup(resolve(station), resolve(to));
      process.stderr.write(
        `The records are copied to ${to}. To use it, stop the station and put it in place of the file of records.\n`,
      );
    });
};

const backup = async (stationFile: string, to: string): Promise<void> => {
  if (existsSync(to)) throw new PersonError(`${to} is there already.`, 'Name a new file: a backup is never written over.');
  const { station, dataDir } = loadStation(stationFile);
  const reader = openReader(databaseFile(dataDir), station);
  let progress: Progress | null = null;
  const unfinished = `${to}.unfinished`;
  try {
    await reader.backup(unfinished, (done, total) => {
      progress ??= openProgress('Copying, pages', total);
      progress.at(done);
    });
    flush(unfinished);
    renameSync(unfinished, to);
    flush(dirname(to));
  } finally {
    rmSync(unfinished, { force: true });
    reader.close();
  }
};

/** Its name is given to it only when it is whole and on the disk. */
const flush = (path: string): void => {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
};
