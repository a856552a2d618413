import BetterSqlite3 from 'better-sqlite3';
import { PersonError } from '../../base/errors.ts';
import { quickCheck } from './check.ts';

export type Database = BetterSqlite3.Database;

/** Before it a reset of the WAL could lose committed rows (reference: faults #49). */
const oldestSqlite = [3, 51, 3] as const;
export const pageBytes = 4096;
/** A checkpoint comes after so many pages, SQLite's own default: it bounds the log, and what a start has to read. */
const checkpointPages = 1000;

/** Whether version `text` (`3.54.1`) is at least `oldest`. */
export const isRecentEnough = (text: string, oldest: readonly number[] = oldestSqlite): boolean => {
  const parts = text.split('.').map(Number);
  const differing = oldest.findIndex((part, index) => (parts[index] ?? 0) !== part);
  return differing < 0 || (parts[differing] ?? 0) > (oldest[differing] ?? 0);
};

/** Opens a SQLite file as it is, waiting up to `waitMs` for its locks. */
export const openFile = (file: string, waitMs: number): Database => new BetterSqlite3(file, { timeout: waitMs });

/** Opens a file of records beside its one writer, to read only. */
export const openToRead = (file: string): Database => new BetterSqlite3(file, { readonly: true, fileMustExist: true });

/**
 * Opens the store's file for the one writer: WAL with `synchronous=FULL`, the setting that lost no acknowledged row in
 * 2,168 simulated power cuts (reference: faults, measured facts). Throws what SQLite throws (`fault.ts` reads it),
 * DamagedError, and {@link PersonError} for a SQLite that may not be used.
 *
 * @param mostBytes The file never grows beyond it: at 100 % disk even DELETE fails (faults #43).
 */
export const openDatabase = (file: string, mostBytes?: number): Database => {
  const database = openFile(file, 0);
  try {
    requireSqlite(String(database.prepare('SELECT sqlite_version()').pluck().get()));
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma(`wal_autocheckpoint = ${checkpointPages}`);
    // A log that once had to grow, beside a backup say, is cut back: its room belongs to the records.
    database.pragma(`journal_size_limit = ${4 * checkpointPages * pageBytes}`);
    if (mostBytes !== undefined) limitTo(database, mostBytes);
    quickCheck(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
};

/** Sets how large the file may grow; it never goes below what is in use. */
export const limitTo = (database: Database, mostBytes: number): void =>
  void database.pragma(`max_page_count = ${Math.max(1, Math.floor(mostBytes / pageBytes))}`);

/**
 * Copies all of the log into the file and flushes it. After a failed fsync the log's pages may be clean in memory and not
 * on disk; after this, all that can be read is durable (faults #42).
 */
export const checkpoint = (database: Database): void => void database.pragma('wal_checkpoint(TRUNCATE)');

/** Throws {@link PersonError} when `version` of SQLite may lose records. */
export const requireSqlite = (version: string): void => {
  if (isRecentEnough(version)) return;
  throw new PersonError(
    `SQLite ${version} may lose records.`,
    `Install the packages again: ${oldestSqlite.join('.')} is needed.`,
  );
};
