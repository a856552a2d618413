import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { wallMs } from '../base/clock.ts';
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
      process.stderr.write(howToUse(await backup(resolve(options.station), to), to));
    });
};

/** Copies the records of the station in `stationFile` to `to`; where those are. */
const backup = async (stationFile: string, to: string): Promise<string> => {
  if (existsSync(to)) throw new PersonError(`${to} is there already.`, 'Name a new file: a backup is never written over.');
  const { station, dataDir } = loadStation(stationFile);
  const file = databaseFile(dataDir);
  const reader = openReader(file, station);
  let progress: Progress | null = null;
  try {
    await reader.backup(to, {
      nowMs: wallMs(),
      onProgress(done, total) {
        progress ??= openProgress('Copying, pages', total);
        progress.at(done);
      },
    });
  } finally {
    (progress as Progress | null)?.done();
    reader.close();
  }
  return file;
};

/** Its numbers are left to the station, where it has them; a log of other records would be taken for that of the copy. */
const howToUse = (file: string, to: string): string => {
  const name = basename(file);
  return `The records are copied to ${to}, with ${to}.open and ${to}.numbers, which belong to it.
To use them, stop the station and go to ${dirname(file)}:
  take away all files whose names begin with ${name}, but leave ${name}.numbers if it is there;
  put the copy there as ${name}, and ${to}.open as ${name}.open;
  put ${to}.numbers there as ${name}.numbers only if there is none.
The station then gives no number a second time, and says in an alarm what is missing.
`;
};
