import type { Database } from './database.ts';

type Key = (number | string)[];
export type Row = Record<string, unknown>;

/** A piece of a table: rows in the order of its key, and where to go on; `next` is `null` at the end. */
export interface Piece {
  rows: Row[];
  next: Key | null;
  /** Whether something in front of `next` could not be read. */
  skipped: boolean;
}

/** A table as its key orders it. */
export interface TableShape {
  name: string;
  columns: string[];
  key: string[];
}

const rowsAtOnce = 500;
/** Beyond the last key that a table can hold. */
const farthest = 2 ** 52;

/** The shape of `name` in `database`, as far as its columns are in `wanted`. */
export const tableShape = (database: Database, name: string, wanted: readonly string[]): TableShape => {
  const info = database.pragma(`table_info("${name}")`) as { name: string; pk: number }[];
  const key = info.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  return {
    name,
    columns: info.map((column) => column.name).filter((column) => wanted.includes(column)),
    key: key.map((column) => column.name),
  };
};

/**
 * Reads a table of a damaged file piece by piece. Behind a place that cannot be read it tries ever farther keys, so one
 * bad page costs the rows on it and a few beside it.
 */
export const walkTable = (database: Database, { name, columns, key }: TableShape) => {
  const list = key.map((column) => `"${column}"`).join(', ');
  const from = `SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM "${name}"`;
  const first = database.prepare<[], Row>(`${from} ORDER BY ${list} LIMIT ${rowsAtOnce}`);
  const after = database.prepare<Key, Row>(
    `${from} WHERE (${list}) > (${key.map(() => '?').join(', ')}) ORDER BY ${list} LIMIT ${rowsAtOnce}`,
  );
  const keyOf = (row: Row): Key => key.map((column) => row[column] as number | string);

  /** What can be read behind `at`, up to the first bad page. */
  const read = (at: Key | null): { rows: Row[]; isWhole: boolean } => {
    const rows: Row[] = [];
    try {
      for (const row of at === null ? first.iterate() : after.iterate(...at)) rows.push(row);
    } catch {
      return { rows, isWhole: false };
    }
    return { rows, isWhole: true };
  };

  return (at: Key | null): Piece => {
    const { rows, isWhole } = read(at);
    const last = rows.at(-1);
    if (isWhole) return { rows, next: last === undefined || rows.length < rowsAtOnce ? null : keyOf(last), skipped: false };
    if (last !== undefined) return { rows, next: keyOf(last), skipped: true };
    for (let step = 1; step < farthest; step *= 2) {
      const farther = movedOn(at ?? key.map(() => 0), step);
      if (farther === null) break;
      const found = read(farther);
      const end = found.rows.at(-1);
      if (end !== undefined) return { rows: found.rows, next: keyOf(end), skipped: true };
      if (found.isWhole) break;
    }
    return { rows: [], next: null, skipped: true };
  };
};

/** The key `step` farther on in its last number; `null` when it has none. */
const movedOn = (key: Key, step: number): Key | null => {
  const at = key.findLastIndex((part) => typeof part === 'number');
  return at < 0 ? null : key.map((part, index) => (index === at ? Number(part) + step : part));
};
