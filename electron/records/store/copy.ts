import { renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PersonError } from '../../base/errors.ts';
import type { Database } from './database.ts';
import { flush } from './replaceFile.ts';

const pagesAtOnce = 4000;
const mib = 1024 ** 2;
/** Of what is free on the disk of the records, so much may go to their log while they are copied. */
const logShare = 0.25;
/** And so much of what is free where the copy goes: that may be the same disk. */
const copyShare = 0.8;

/** How the records are copied. */
export interface CopyOptions {
  /** Hears pages. */
  onProgress(done: number, total: number): void;
  /** How much the log of the records may grow meanwhile; by default a quarter of what is free on their disk. */
  mostLogBytes?: number;
}

/**
 * Copies the open file to `to`, as it is now. The copy has its name only when it is whole and on the disk. Rejects with what
 * the disk refuses, and with {@link PersonError} when it would take the station's disk.
 */
export const copyRecords = async (database: Database, to: string, options: CopyOptions): Promise<void> => {
  const unfinished = `${to}.unfinished`;
  requireRoom(statSync(database.name).size, freeBytes(to));
  try {
    await copyMoment(database, unfinished, options);
    flush(unfinished);
    renameSync(unfinished, to);
    flush(dirname(to));
  } finally {
    rmSync(unfinished, { force: true });
  }
};

/**
 * One moment for as long as it takes: without it every commit of the station would make the copy begin anew. So long the
 * log cannot be emptied, and where the copy goes to a slow disk that must not fill the station's. // faults #43
 */
const copyMoment = async (database: Database, to: string, { onProgress, ...options }: CopyOptions): Promise<void> => {
  const logBytes = (): number => statSync(`${database.name}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const mostLogBytes = logBytes() + (options.mostLogBytes ?? freeBytes(database.name) * logShare);
  database.exec('BEGIN');
  try {
    // The first read is what fixes the moment.
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    await database.backup(to, {
      progress({ totalPages, remainingPages }) {
        onProgress(totalPages - remainingPages, totalPages);
        if (logBytes() > mostLogBytes) throw tooSlow(mostLogBytes);
        return pagesAtOnce;
      },
    });
  } finally {
    database.exec('COMMIT');
  }
};

/** Throws {@link PersonError} where a copy of so many bytes would leave a disk with `freeBytes` too little. */
export const requireRoom = (bytes: number, freeBytes: number): void => {
  if (bytes > freeBytes * copyShare)
    throw new PersonError(
      `There is no room for the copy: it needs ${Math.ceil(bytes / mib)} MiB, and ${Math.floor(freeBytes / mib)} MiB are free there.`,
      'Copy to another disk, or free space on this one: production needs some of it too.',
    );
};

const tooSlow = (bytes: number): PersonError =>
  new PersonError(
    `The copy was given up: it is so slow that the log of the records has grown to ${Math.ceil(bytes / mib)} MiB beside it.`,
    'Copy to a faster disk first, one of this computer, and from there on.',
  );

/** What is free on the disk of `file`. */
export const freeBytes = (file: string): number => {
  const { bavail, bsize } = statfsSync(dirname(file));
  return bavail * bsize;
};
