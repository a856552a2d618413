import type { Counts } from '../../contract/api.ts';
import { type VerdictKind, verdictKinds } from '../../contract/verdict.ts';
import type { Database } from './database.ts';

/** So many sequences of a lane are one row a verdict. */
export const tallyBlock = 4096;
const blockOf = (sequence: number): number => Math.floor(sequence / tallyBlock);

type Cell = { laneId: number; block: number; verdict: VerdictKind; count: number };

/** Counts a batch by lane, block of sequences and verdict in memory, and adds it to `tallies` within its transaction. */
export const openTallies = (database: Database) => {
  const add = database.prepare<[Cell]>(`
    INSERT INTO tallies VALUES (@laneId, @block, @verdict, @count) ON CONFLICT DO UPDATE SET count = count + excluded.count`);
  const cells = new Map<string, Cell>();
  return {
    count(laneId: number, { sequence, verdict }: { sequence: number; verdict: VerdictKind }): void {
      const block = blockOf(sequence);
      const key = `${laneId} ${block} ${verdict}`;
      const cell = cells.get(key);
      if (cell === undefined) cells.set(key, { laneId, block, verdict, count: 1 });
      else cell.count += 1;
    },
    write(): void {
      for (const cell of cells.values()) add.run(cell);
    },
    forget: (): void => cells.clear(),
  };
};

/**
 * How many parts of each verdict a lane has decided after a sequence. Within that sequence's own block the records are
 * counted, 4096 at most; good ones that had to leave for room are not among those.
 */
export const prepareCountAfter = (database: Database): ((laneId: number, sequence: number) => Counts) => {
  const tallied = database
    .prepare<[number, VerdictKind, number], number | null>(
      'SELECT sum(count) FROM tallies WHERE lane_id = ? AND verdict = ? AND block > ?',
    )
    .pluck();
  const single = database
    .prepare<[number, VerdictKind, number, number], number>(`
    SELECT count(*) FROM records INDEXED BY records_by_verdict
    WHERE lane_id = ? AND verdict = ? AND sequence > ? AND sequence < ?`)
    .pluck();
  return (laneId, sequence) => {
    const block = blockOf(sequence);
    const counts = verdictKinds.map((verdict) => [
      verdict,
      (tallied.get(laneId, verdict, block) ?? 0) + (single.get(laneId, verdict, sequence, (block + 1) * tallyBlock) ?? 0),
    ]);
    return Object.fromEntries(counts) as Counts;
  };
};
