import { type Database, openFile } from './database.ts';
import { prepareLostRecords } from './lostRecords.ts';
import { restoreSchemaPages } from './schemaPages.ts';
import { type Piece, type Row, tableShape, walkTable } from './walkTable.ts';

/**
 * Copied while records are being kept again: they are many, and nobody waits for them. All others come first; then the
 * reports, so that no record leaves for room before it is known to wait.
 */
const large = ['reports', 'pictures', 'records'];

/** What is left to do for one damaged file. */
export interface Salvage {
  /** Copies everything but the large tables. */
  smallTables(): void;
  /** Copies one piece, in a few milliseconds; `false` when there is nothing left. */
  step(): boolean;
  /** Whether reports are still to be copied. */
  hasReports(): boolean;
  close(): void;
}

type Statement = { run(...values: unknown[]): { changes: number } };
interface Progress {
  at_table: string | null;
  after_key: string | null;
  done: number;
}

/**
 * Copies what can be read of `damaged` (set aside, with its log) into the open, fresh `database`, table by table; the
 * progress is a row of the fresh one, so that it goes on after a restart. Rows that are there already stay as they are.
 * `isLast`: nothing is to be copied from any other file.
 */
export const openSalvage = (database: Database, damaged: string, nowMs: number, isLast: () => boolean): Salvage => {
  database.prepare('INSERT INTO salvages (folder, at_ms) VALUES (?, ?) ON CONFLICT DO NOTHING').run(damaged, nowMs);
  const source = openDamaged(database.name, damaged);
  const tables = source === null ? [] : tablesOf(database, source);
  const lost = prepareLostRecords(database, damaged, nowMs);
  const progress = database.prepare<[string], Progress>('SELECT at_table, after_key, done FROM salvages WHERE folder = ?');
  const advance = database.prepare<
    [{ table: string | null; key: string | null; rows: number; unreadable: number; done: number }]
  >(`
    UPDATE salvages SET at_table = @table, after_key = @key, rows = rows + @rows, unreadable = unreadable + @unreadable,
      done = @done WHERE folder = ${quoted(damaged)}`);

  const next = (): { at: Progress; table: string } | null => {
    const at = progress.get(damaged);
    const table = at?.at_table ?? tables[0];
    return at === undefined || at.done === 1 || table === undefined ? null : { at, table };
  };

  const copyPiece = ({ at, table }: { at: Progress; table: string }): void => {
    const sound = table === 'records' ? lost.isRecord : () => true;
    const piece = source === null ? nothing : readPiece(database, source, table, { afterKey: at.after_key, sound });
    if (table === 'records') lost.prepare(piece.rows);
    const rows = insertRows(database, table, piece.rows);
    if (table === 'records') lost.account(rows, { afterKey: at.after_key, last: piece.rows.at(-1), isEnd: piece.next === null });
    const following = piece.next === null ? tables[tables.indexOf(table) + 1] : table;
    const key = piece.next === null ? null : JSON.stringify(piece.next);
    const done = following === undefined ? 1 : 0;
    if (table === 'lanes' && piece.next === null) lost.countAnew();
    if (done === 1 && isLast()) lost.settle();
    advance.run({ table: following ?? null, key, rows: rows.length, unreadable: piece.skipped ? 1 : 0, done });
  };
  const step = database.transaction((): boolean => {
    const todo = next();
    if (todo !== null) copyPiece(todo);
    return next() !== null;
  });

  return {
    smallTables() {
      for (let todo = next(); todo !== null && !large.includes(todo.table); todo = next()) step.immediate();
      lost.keepSetups();
    },
    step: () => step.immediate(),
    hasReports: () => next()?.table === 'reports',
    close: () => void source?.close(),
  };
};

const nothing: Piece = { rows: [], next: null, skipped: true };
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Inserts the rows that were not there yet, and returns them. */
const insertRows = (database: Database, table: string, rows: readonly Row[]): Row[] => {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return [];
  const insert = database.prepare<unknown[]>(
    `INSERT OR IGNORE INTO "${table}" (${columns.map((each) => `"${each}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  return rows.filter((row) => insertOne(insert, row));
};

const insertOne = (insert: Statement, row: Row): boolean => {
  try {
    return insert.run(...Object.values(row)).changes > 0;
  } catch (error) {
    // A flipped bit can make a number of a text: such a row is lost like one that cannot be read.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')) return false;
    throw error;
  }
};

const readPiece = (
  database: Database,
  source: Database,
  table: string,
  { afterKey, sound }: { afterKey: string | null; sound: (row: Row) => boolean },
): Piece => {
  try {
    const wanted = (database.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name);
    const after = afterKey === null ? null : (JSON.parse(afterKey) as (number | string)[]);
    return walkTable(source, tableShape(source, table, wanted), sound)(after);
  } catch {
    // Not even its columns: the next table may be readable.
    return nothing;
  }
};

/** Opens the damaged file; where its head is not readable, with the schema that was kept beside the store. */
const openDamaged = (file: string, damaged: string): Database | null =>
  openOrNull(damaged) ?? (restoreSchemaPages(file, damaged) ? openOrNull(damaged) : null);

const openOrNull = (damaged: string): Database | null => {
  let source: Database | null = null;
  try {
    source = openFile(damaged, 0);
    source.prepare('SELECT 1 FROM records LIMIT 0').get();
    return source;
  } catch {
    source?.close();
    return null;
  }
};

/** Tables that both have, the large ones last. */
const tablesOf = (database: Database, source: Database): string[] => {
  const names = (of: Database): string[] =>
    of.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all();
  const there = names(source);
  return names(database)
    .filter((name) => there.includes(name))
    .toSorted((a, b) => large.indexOf(a) - large.indexOf(b));
};
