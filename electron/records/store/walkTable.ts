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
  key: { name: string; isInteger: boolean }[];
}

const rowsAtOnce = 500;
/** Beyond the last key that a table can hold. */
const farthest = 2 ** 52;

/** The shape of `name` in `database`, as far as its columns are in `wanted`. */
export const tableShape = (database: Database, name: string, wanted: readonly string[]): TableShape => {
  const info = database.pragma(`table_info("${name}")`) as { name: string; type: string; pk: number }[];
  const key = info.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  return {
    name,
    columns: info.map((column) => column.name).filter((column) => wanted.includes(column)),
    key: key.map((column) => ({ name: column.name, isInteger: column.type === 'INTEGER' })),
  };
};

/**
 * Reads a table of a damaged file piece by piece. Behind a place that cannot be read it tries ever farther keys, so one
 * bad page costs the rows on it and a few beside it. A flipped bit leaves a row readable: one whose key is none or not
 * above the one before, or that is not `sound`, is left out.
 */
export const walkTable = (database: Database, { name, columns, key }: TableShape, sound: (row: Row) => boolean) => {
  const list = key.map((column) => `"${column.name}"`).join(', ');
  const from = `SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM "${name}"`;
  const first = database.prepare<[], Row>(`${from} ORDER BY ${list} LIMIT ${rowsAtOnce}`);
  const after = database.prepare<Key, Row>(
    `${from} WHERE (${list}) > (${key.map(() => '?').join(', ')}) ORDER BY ${list} LIMIT ${rowsAtOnce}`,
  );
  const keyOf = (row: Row): Key => key.map((column) => row[column.name] as number | string);
  const isKey = (row: Row): boolean =>
    key.every((column) => (column.isInteger ? Number.isSafeInteger(row[column.name]) : row[column.name] !== null));

  /** What can be read behind `at`, up to the first bad page. */
  const read = (at: Key | null) => {
    const rows: Row[] = [];
    let seen = 0;
    let last = at;
    try {
      for (const row of at === null ? first.iterate() : after.iterate(...at)) {
        seen += 1;
        if (!isKey(row) || !isAbove(keyOf(row), last) || !sound(row)) continue;
        rows.push(row);
        last = keyOf(row);
      }
    } catch {
      return { rows, last, isWhole: false, isEnd: false };
    }
    return { rows, last, isWhole: seen === rows.length, isEnd: seen < rowsAtOnce };
  };

  return (at: Key | null): Piece => {
    const { rows, last, isWhole, isEnd } = read(at);
    if (isEnd) return { rows, next: null, skipped: !isWhole };
    if (rows.length > 0) return { rows, next: last, skipped: !isWhole };
    for (let step = 1; step < farthest; step *= 2) {
      const farther = movedOn(at ?? key.map(() => 0), step);
      if (farther === null) break;
      const found = read(farther);
      if (found.rows.length > 0) return { rows: found.rows, next: found.last, skipped: true };
      if (found.isEnd) break;
    }
    return { rows: [], next: null, skipped: true };
  };
};

const isAbove = (key: Key, last: Key | null): boolean => {
  if (last === null) return true;
  const at = key.findIndex((part, index) => part !== last[index]);
  const [part, before] = [key[at], last[at]];
  return part !== undefined && before !== undefined && part > before;
};

/** The key `step` farther on in its last number; `null` when it has none. */
const movedOn = (key: Key, step: number): Key | null => {
  const at = key.findLastIndex((part) => typeof part === 'number');
  return at < 0 ? null : key.map((part, index) => (index === at ? Number(part) + step : part));
};
