import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isAside, newAside, pruneAside, setAside } from './aside.ts';
import { checkpoint, type Database, openDatabase, touch } from './database.ts';
import { DamagedError, faultOf } from './fault.ts';
import { migrate } from './migrate.ts';
import { replaceFile } from './replaceFile.ts';
import { openSalvages, type Salvages } from './salvages.ts';
import { keepSchemaPages } from './schemaPages.ts';
import { readWalState } from './walState.ts';

/** Records may have been lost: how, in one sentence. `restored`: the file is a backup (`restore.ts`). */
export interface Loss {
  kind: 'damaged' | 'log-lost' | 'restored';
  what: string;
}
/** What the mark tells of it; `aside`: the folder that the damaged file goes to. */
type NotedLoss = Loss & { aside?: string };

/** The open file, and what had to be done for it. */
export interface Opened {
  database: Database;
  /** What is still to be copied from damaged files. */
  salvages: Salvages;
  loss: Loss | null;
  /** The loss is on record now. */
  settled(): void;
}

interface Options {
  file: string;
  /** Whether records have ever been kept here: then an empty file is a damaged one. */
  isUsed: boolean;
  mostBytes?: number;
  mustFlush?: boolean;
  damage?: string;
  nowMs: number;
}

/**
 * There from the first write to the last: found at start, the last run was cut off, and its log must be there. It holds
 * a loss that is not on record yet.
 */
export const openMark = (file: string): string => `${file}.open`;

/**
 * Opens the file of records, whatever state it is in. A damaged one is set aside, and a fresh one takes its place with
 * all that can be read of it (the large tables later, by `salvage.step`). Throws what the disk refuses.
 */
export const openWhole = (options: Options): Opened => {
  const { file, nowMs } = options;
  const mark = openMark(file);
  let loss = earlierLoss(mark) ?? lostLog(file, mark);
  const note = (found: NotedLoss): void => {
    loss = found;
    replaceFile(mark, JSON.stringify(found));
  };
  if (loss !== null) note(loss);
  const isReplaced = finishSetAside(file, loss);
  let database: Database;
  try {
    if (options.damage !== undefined && !isReplaced) throw new DamagedError(options.damage);
    database = openMigrated({ ...options, isUsed: options.isUsed && !isReplaced });
  } catch (error) {
    const { kind, message } = faultOf(error);
    if (kind !== 'damaged') throw error;
    const aside = newAside(file, nowMs);
    const what = `The file of records was damaged (${message}); it was set aside, and what can be read of it is taken over.`;
    note({ kind, what, aside });
    setAside(file, aside);
    database = openMigrated({ ...options, isUsed: false });
  }
  try {
    const salvages = openSalvages(database, nowMs);
    keepSchemaPages(database);
    pruneAside(file);
    // From here on an empty log is one that somebody emptied.
    touch(database);
    if (loss === null) writeFileSync(mark, '');
    return { database, salvages, loss, settled: () => writeFileSync(mark, '') };
  } catch (error) {
    database.close();
    throw error;
  }
};

/**
 * Whether a damaged file was set aside by a start that was cut off before its loss was on record: what is in its place is
 * the fresh one, whatever it looks like. What was not moved yet is.
 */
const finishSetAside = (file: string, loss: NotedLoss | null): boolean => {
  if (loss?.aside === undefined) return false;
  if (!isAside(file, loss.aside) || !existsSync(file)) setAside(file, loss.aside);
  return true;
};

/** Closes the file so that the next start knows it to be whole. */
export const closeWhole = (database: Database): void => {
  // The mark first: cut off between the two, the log is still there and is read.
  rmSync(openMark(database.name), { force: true });
  database.close();
};

const earlierLoss = (mark: string): NotedLoss | null => {
  if (!existsSync(mark)) return null;
  const text = readFileSync(mark, 'utf8');
  try {
    return text === '' ? null : (JSON.parse(text) as NotedLoss);
  } catch {
    return { kind: 'log-lost', what: 'The last run was cut off while it noted a loss of records.' };
  }
};

const lostLog = (file: string, mark: string): Loss | null => {
  if (!existsSync(mark)) return null;
  const wal = `${file}-wal`;
  const loss = (what: string): Loss => ({ kind: 'log-lost', what: `${what}; the last records before it may be lost.` });
  if (!existsSync(wal)) return loss('The write-ahead log of the records is missing');
  return readWalState(wal) === 'whole' ? null : loss('The write-ahead log of the records was damaged');
};

const openMigrated = ({ file, isUsed, mostBytes, mustFlush = false }: Options): Database => {
  const database = openDatabase(file, mostBytes);
  try {
    if (isUsed && Number(database.pragma('user_version', { simple: true })) === 0)
      throw new DamagedError('it is empty, though records have been kept in it');
    migrate(database);
    if (!checkpoint(database) && mustFlush)
      throw new Error('what is in the log cannot be flushed while a backup or an export reads it');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};
