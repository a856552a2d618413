import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf, PersonError } from '../../base/errors.ts';
import { type Database, openFile } from './database.ts';
import { quickCheck } from './check.ts';
import { freeBytes, requireRoom } from './copy.ts';
import { type LaneTotals, readLanes } from './lanes.ts';
import { lockStore } from './lock.ts';
import { openNumbers } from './numbers.ts';
import { type Loss, openMark } from './openWhole.ts';
import { flush, replaceFile } from './replaceFile.ts';

/** What belongs to the records that are replaced, but for the numbers that the station has put by. */
const replaced = ['', '-wal', '-shm', '.open', '.schema'] as const;
/** More numbers than are given between a backup and the day when it is needed: half a year of them at 60 a second. */
const numbersAhead = 1_000_000_000;

/** How records are put back. */
export interface RestoreOptions {
  /** Wall clock. */
  nowMs: number;
  /** Hears bytes. */
  onProgress(done: number, total: number): void;
}

/**
 * Makes the backup `from` the records at `file`, whose station does not run, and returns the folder to which those that were
 * there have been moved.
 *
 * What must hold: no number is given a second time, for the MES would take the part for one that it has. So the station
 * finds a loss that is not on record yet, moves every lane behind all numbers that can have been given since the backup,
 * notes the gap and tells an alarm. Rejects with {@link PersonError} while the station runs, and for what is no backup.
 */
export const restoreRecords = async (from: string, file: string, { nowMs, onProgress }: RestoreOptions): Promise<string> => {
  const lock = lockStore(file);
  const unfinished = `${file}.unfinished`;
  try {
    requireRoom(statSync(from).size, freeBytes(file));
    await copyBytes(from, unfinished, onProgress);
    const { lanes, newestMs } = lookInto(unfinished, from);
    const folder = join(dirname(file), 'replaced', new Date(nowMs).toISOString().replaceAll(':', '-'));
    mkdirSync(folder, { recursive: true });
    for (const part of replaced) if (existsSync(file + part)) renameSync(file + part, join(folder, basename(file) + part));
    if (!existsSync(`${file}.numbers`))
      openNumbers(file).reserve(lanes.map((lane) => ({ ...lane, lastSequence: lane.lastSequence + numbersAhead })));
    const upTo = newestMs === null ? '' : ` with records up to ${new Date(newestMs).toISOString()}`;
    const what = `These records are a backup${upTo}; what was recorded after that is not in it.`;
    replaceFile(openMark(file), JSON.stringify({ kind: 'restored', what } satisfies Loss));
    renameSync(unfinished, file);
    flush(dirname(file));
    return folder;
  } finally {
    for (const part of ['', '-wal', '-shm']) rmSync(unfinished + part, { force: true });
    lock.release();
  }
};

const copyBytes = async (from: string, to: string, onProgress: RestoreOptions['onProgress']): Promise<void> => {
  const total = statSync(from).size;
  let done = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      done += chunk.length;
      onProgress(done, total);
      next(null, chunk);
    },
  });
  await pipeline(createReadStream(from), count, createWriteStream(to));
  flush(to);
};

/** What is in the copy. Throws {@link PersonError} when it is none, or not whole. */
const lookInto = (copy: string, from: string): { lanes: LaneTotals[]; newestMs: number | null } => {
  let database: Database | null = null;
  try {
    database = openFile(copy, 0);
    quickCheck(database);
    const newest = database
      .prepare<[], number | null>(
        'SELECT max((SELECT decided_at_ms FROM records WHERE lane_id = lanes.id ORDER BY sequence DESC LIMIT 1)) FROM lanes',
      )
      .pluck();
    return { lanes: readLanes(database, '').everTotals(), newestMs: newest.get() ?? null };
  } catch (cause) {
    throw new PersonError(
      `${from} is no backup of records, or it is damaged: ${messageOf(cause)}.`,
      'Name another one; the records of the station are as they were.',
      { cause },
    );
  } finally {
    database?.close();
  }
};
