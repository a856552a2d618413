import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { finishSetAside, pendingAside, pruneAside, setAside } from './aside.ts';
import { checkpoint, type Database, openDatabase } from './database.ts';
import { DamagedError, faultOf } from './fault.ts';
import { migrate } from './migrate.ts';
import { openSalvage, type Salvage } from './salvage.ts';
import { keepSchemaPages } from './schemaPages.ts';
import { walState } from './walState.ts';

/** Records may have been lost: how, in one sentence. */
export interface Loss {
  kind: 'damaged' | 'log-lost';
  what: string;
}

/** The open file, and what had to be done for it. */
export interface Opened {
  database: Database;
  /** The damaged file that is still to be copied from, by `salvage.step`. */
  salvage: Salvage | null;
  loss: Loss | null;
  /** The loss is on record now. */
  settled(): void;
}

interface Options {
  file: string;
  /** Whether records have ever been kept here: then an empty file is a damaged one. */
  isUsed: boolean;
  mostBytes: number | undefined;
  nowMs: number;
}

/**
 * There from the first write to the last: found at start, the last run was cut off, and its log must be there. It holds
 * a loss that is not on record yet.
 */
const openMark = (file: string): string => `${file}.open`;

/**
 * Opens the file of records, whatever state it is in. A damaged one is set aside, and a fresh one takes its place with
 * all that can be read of it (the large tables later, by `salvage.step`). Throws what the disk refuses.
 */
export const openWhole = ({ file, isUsed, mostBytes, nowMs }: Options): Opened => {
  const mark = openMark(file);
  let loss = earlierLoss(mark) ?? lostLog(file, mark);
  const note = (found: Loss): void => {
    loss = found;
    writeFileSync(mark, JSON.stringify(found));
  };
  if (loss !== null) note(loss);
  finishSetAside(file);
  let database: Database;
  try {
    database = openMigrated(file, isUsed, mostBytes);
  } catch (error) {
    const { kind, message } = faultOf(error);
    if (kind !== 'damaged') throw error;
    note({
      kind,
      what: `The file of records was damaged (${message}); it was set aside, and what can be read of it is taken over.`,
    });
    setAside(file, nowMs);
    database = openMigrated(file, false, mostBytes);
  }
  const salvage = resumeSalvage(database, nowMs);
  keepSchemaPages(database);
  pruneAside(file);
  if (loss === null) writeFileSync(mark, '');
  return { database, salvage, loss, settled: () => writeFileSync(mark, '') };
};

/** Closes the file so that the next start knows it to be whole. */
export const closeWhole = (database: Database): void => {
  // The mark first: cut off between the two, the log is still there and is read.
  rmSync(openMark(database.name), { force: true });
  database.close();
};

const resumeSalvage = (database: Database, nowMs: number): Salvage | null => {
  const damaged = pendingAside(database.name);
  if (damaged === null) return null;
  const salvage = openSalvage(database, damaged, nowMs);
  salvage.smallTables();
  return salvage;
};

const earlierLoss = (mark: string): Loss | null => {
  if (!existsSync(mark)) return null;
  const text = readFileSync(mark, 'utf8');
  try {
    return text === '' ? null : (JSON.parse(text) as Loss);
  } catch {
    return { kind: 'log-lost', what: 'The last run was cut off while it noted a loss of records.' };
  }
};

const lostLog = (file: string, mark: string): Loss | null => {
  if (!existsSync(mark)) return null;
  const wal = `${file}-wal`;
  const loss = (what: string): Loss => ({ kind: 'log-lost', what: `${what}; the last records before it may be lost.` });
  if (!existsSync(wal)) return loss('The write-ahead log of the records is missing');
  return walState(readFileSync(wal)) === 'whole' ? null : loss('The write-ahead log of the records was damaged');
};

const openMigrated = (file: string, isUsed: boolean, mostBytes: number | undefined): Database => {
  const database = openDatabase(file, mostBytes);
  try {
    if (isUsed && Number(database.pragma('user_version', { simple: true })) === 0)
      throw new DamagedError('it is empty, though records have been kept in it');
    migrate(database);
    checkpoint(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};
