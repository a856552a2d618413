import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { messageOf, PersonError } from '../../base/errors.ts';

export type Database = BetterSqlite3.Database;

/** Before it a reset of the WAL could lose committed rows (reference: faults #49). */
const oldestSqlite = [3, 51, 3] as const;
/** A file up to this size is checked whole at start, in well under a second; of a larger one only what is small. */
const mostCheckedBytes = 64 * 1024 * 1024;
const smallTables = ['lanes', 'setups', 'reports', 'dead_letters', 'gaps', 'set_aside'];
const pageBytes = 4096;

/** Whether version `text` (`3.54.1`) is at least `oldest`. */
export const isRecentEnough = (text: string, oldest: readonly number[] = oldestSqlite): boolean => {
  const parts = text.split('.').map(Number);
  const differing = oldest.findIndex((part, index) => (parts[index] ?? 0) !== part);
  return differing < 0 || (parts[differing] ?? 0) > (oldest[differing] ?? 0);
};

/** Opens a SQLite file as it is, waiting up to `waitMs` for its locks. */
export const openFile = (file: string, waitMs: number): Database => new BetterSqlite3(file, { timeout: waitMs });

/**
 * Opens the store's file for the one writer: WAL with `synchronous=FULL`, the setting that lost no acknowledged row in
 * 2,168 simulated power cuts (reference: faults, measured facts). Throws {@link PersonError}.
 *
 * @param mostBytes The file never grows beyond it: at 100 % disk even DELETE fails (faults #43).
 */
export const openDatabase = (file: string, mostBytes?: number): Database => {
  const database = open(file);
  try {
    requireSqlite(String(database.prepare('SELECT sqlite_version()').pluck().get()));
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    if (mostBytes !== undefined) database.pragma(`max_page_count = ${Math.max(1, Math.floor(mostBytes / pageBytes))}`);
    quickCheck(database, file);
  } catch (cause) {
    database.close();
    throw cause instanceof PersonError ? cause : damaged(file, cause);
  }
  return database;
};

const requireSqlite = (version: string): void => {
  if (isRecentEnough(version)) return;
  throw new PersonError(
    `SQLite ${version} may lose records.`,
    `Install the packages again: ${oldestSqlite.join('.')} is needed.`,
  );
};

const open = (file: string): Database => {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return openFile(file, 0);
  } catch (cause) {
    throw new PersonError(
      `The records cannot be opened at ${file}: ${messageOf(cause)}.`,
      'Give the data folder to the user that runs Linegate, or correct "dataDir" in the station file.',
      { cause },
    );
  }
};

const quickCheck = (database: Database, file: string): void => {
  const isSmall = existsSync(file) && statSync(file).size <= mostCheckedBytes;
  const known = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  const checks = isSmall
    ? ['quick_check(1)']
    : smallTables.filter((name) => known.includes(name)).map((name) => `quick_check('${name}')`);
  for (const check of checks) {
    const answer = String(database.pragma(check, { simple: true }));
    if (answer !== 'ok') throw new Error(answer);
  }
};

const damaged = (file: string, cause: unknown): PersonError =>
  new PersonError(
    `The records at ${file} are damaged: ${messageOf(cause)}.`,
    `Set ${file} and the files beside it aside and start again; keep them, most of it can be salvaged.`,
    { cause },
  );
