import { existsSync } from 'node:fs';
import { PersonError } from '../../base/errors.ts';
import type { PartRecord } from '../../contract/record.ts';
import { copyRecords, type CopyOptions } from './copy.ts';
import { type Database, openToRead } from './database.ts';
import { type LaneTotals, readLanes } from './lanes.ts';
import { type Narrowing, prepareRanges, type Range } from './ranges.ts';
import { fromRow, fullColumns, type FullRow } from './row.ts';

const rowsAtOnce = 2000;

/** Which records, in the order of each lane's sequence. */
export interface Selection extends Narrowing {
  /** All lanes when left out. */
  lane?: string | undefined;
  verdicts?: readonly string[] | undefined;
}

/**
 * A file of records, read beside the process that writes it: what there was when it was opened, less what has left by the
 * keeping rule since.
 *
 * What must hold: between two pieces nothing is held of the file, however long who asks for them takes: a reader that
 * stays keeps the station from emptying its log, and the log would take the disk. // faults #43
 */
export interface Reader {
  /** Names of the lanes that have recorded here. */
  lanes: readonly string[];
  /** How many sequences `select` goes through, for the progress. */
  span(selection: Selection): number;
  /** Pieces of the records that are asked for; `done` counts towards `span`. */
  select(selection: Selection): Generator<{ records: PartRecord[]; done: number }>;
  /** Copies the file as it is now. */
  backup(to: string, options: CopyOptions): Promise<void>;
  close(): void;
}

/** Opens `file` of `station`. Throws {@link PersonError} when there is none. */
export const openReader = (file: string, station: string): Reader => {
  if (!existsSync(file))
    throw new PersonError(`There are no records at ${file}.`, 'Correct the station file, or let the station run first.');
  const database = openToRead(file);
  const lanes = readLanes(database, station);
  // Records never change and come in order: how far each lane is now, is what there is now.
  const upTo = lanes.totals();
  const ranges = (selection: Selection): { laneId: number; range: Range }[] => rangesIn(database, upTo, selection);
  return {
    lanes: upTo.map(({ lane }) => lane),
    span: (selection) => ranges(selection).reduce((sum, { range }) => sum + range.last - range.first + 1, 0),
    select: (selection) => selectFrom(database, ranges(selection), selection),
    backup: (to, options) => copyRecords(database, to, options),
    close: () => void database.close(),
  };
};

/** Ranges by lane, none of them beyond what the lane had. */
const rangesIn = (
  database: Database,
  upTo: readonly LaneTotals[],
  { lane, ...narrowing }: Selection,
): { laneId: number; range: Range }[] => {
  const rangesOf = prepareRanges(database);
  return upTo
    .filter((each) => lane === undefined || each.lane === lane)
    .flatMap(({ id, lastSequence }) =>
      rangesOf(id, { ...narrowing, before: Math.min(narrowing.before ?? lastSequence + 1, lastSequence + 1) }).map((range) => ({
        laneId: id,
        range,
      })),
    );
};

function* selectFrom(
  database: Database,
  places: readonly { laneId: number; range: Range }[],
  { verdicts, fromMs = Number.MIN_SAFE_INTEGER, toMs = Number.MAX_SAFE_INTEGER }: Selection,
): Generator<{ records: PartRecord[]; done: number }> {
  const page = database.prepare<[number, number, number], FullRow>(`
    SELECT ${fullColumns} FROM records r JOIN lanes l ON l.id = r.lane_id JOIN setups s ON s.id = r.setup_id
    WHERE r.lane_id = ? AND r.sequence BETWEEN ? AND ? ORDER BY r.sequence LIMIT ${rowsAtOnce}`);
  const isAsked = ({ verdict, decidedAtMs }: PartRecord): boolean =>
    decidedAtMs >= fromMs && decidedAtMs < toMs && (verdicts === undefined || verdicts.includes(verdict));
  let before = 0;
  for (const { laneId, range } of places) {
    for (let at = range.first; at <= range.last; ) {
      const records = page.all(laneId, at, range.last).map(fromRow);
      const last = records.length < rowsAtOnce ? range.last : (records.at(-1)?.sequence ?? range.last);
      yield { records: records.filter(isAsked), done: before + last - range.first + 1 };
      at = last + 1;
    }
    before += range.last - range.first + 1;
  }
}
