import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { wallMs } from '../base/clock.ts';
import { PersonError } from '../base/errors.ts';
import { loadStation } from '../config/load.ts';
import { databaseFile } from '../config/paths.ts';
import { restoreRecords } from '../records/store/restore.ts';
import { openProgress, type Progress } from './progress.ts';

const mib = 1024 ** 2;

/** `linegate restore`: a backup becomes the records of a station that does not run. */
export const restoreCommand = (program: Command): void => {
  program
    .command('restore')
    .description('put a backup back as the records of a station, which must not run; those it has are moved aside')
    .requiredOption('--station <file>', 'station file')
    .requiredOption('--from <file>', 'what linegate backup has made')
    .action(async (options: { station: string; from: string }) => {
      const from = resolve(options.from);
      const aside = await restore(resolve(options.station), from);
      process.stderr.write(
        `The records of ${from} are in their place; those that were there are in ${aside}.\nWhen the station starts it gives no number a second time, and says in an alarm what is missing.\n`,
      );
    });
};

const restore = async (stationFile: string, from: string): Promise<string> => {
  if (!existsSync(from)) throw new PersonError(`There is no backup ${from}.`, 'Correct --from.');
  const file = databaseFile(loadStation(stationFile).dataDir);
  let progress: Progress | null = null;
  try {
    return await restoreRecords(from, file, {
      nowMs: wallMs(),
      onProgress(done, total) {
        progress ??= openProgress('Putting back, MiB', Math.ceil(total / mib));
        progress.at(Math.ceil(done / mib));
      },
    });
  } finally {
    (progress as Progress | null)?.done();
  }
};
