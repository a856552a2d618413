import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
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
    .action(async (options: { station: string; to: string }) => {
      const to = resolve(options.to);
      await backup(resolve(options.station), to);
      process.stderr.write(
        `The records are copied to ${to}.\nTo put them back: stop the station, then linegate restore --station ${options.station} --from ${to}\n`,
      );
    });
};

/** Copies the records of the station in `stationFile` to `to`. */
const backup = async (stationFile: string, to: string): Promise<void> => {
  if (existsSync(to)) throw new PersonError(`${to} is there already.`, 'Name a new file: a backup is never written over.');
  const { station, dataDir } = loadStation(stationFile);
  const reader = openReader(databaseFile(dataDir), station);
  let progress: Progress | null = null;
  try {
    await reader.backup(to, {
      onProgress(done, total) {
        progress ??= openProgress('Copying, pages', total);
        progress.at(done);
      },
    });
  } finally {
    (progress as Progress | null)?.done();
    reader.close();
  }
};
