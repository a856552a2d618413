import type { Database } from './database.ts';
import type { Lanes } from './lanes.ts';
import { fromRow, fullColumns, type FullRow } from './row.ts';

/** The reports on their way to the MES. */
export interface Reports {
  /** The oldest that wait, in the order of each lane's sequence; lanes take turns. */
  next(limit: number): { id: string; json: string }[];
  /** The MES has them: they are done. */
  acknowledge(ids: readonly string[]): void;
  /** The MES refused one: it is offered again, and the fifth time set aside as a dead letter (faults #47). */
  refused(id: string, why: string): void;
}

const mostRefusals = 5;
/** A report tells how the gate command ended, and reports go in order: they wait for parts that are not past the gate. */
const firstUnderway = `SELECT coalesce(min(sequence), ${Number.MAX_SAFE_INTEGER})
  FROM records INDEXED BY records_underway WHERE lane_id = @laneId AND gate = 'underway'`;

const corrected = (content: string | null): object => (content === null ? {} : (JSON.parse(content) as object));

/** Names hold no slash (`config/station.ts`), so this is unique and can be read back. */
export const reportId = (record: { station: string; lane: string; sequence: number }): string =>
  `${record.station}/${record.lane}/${record.sequence}`;

/**
 * How many of `limit` places each of some queues gets: the same for all, and what the short ones leave for the long ones.
 */
export const shareOut = (lengths: readonly number[], limit: number): number[] => {
  const shares = lengths.map(() => 0);
  let left = limit;
  const shortestFirst = [...lengths.entries()].toSorted(([, a], [, b]) => a - b);
  for (const [turn, [index, length]] of shortestFirst.entries()) {
    const share = Math.min(length, Math.ceil(left / (lengths.length - turn)));
    shares[index] = share;
    left -= share;
  }
  return shares;
};

/** Prepares the statements of the outbox; `now` is the wall clock, for dead letters. */
export const prepareReports = (database: Database, station: string, lanes: Lanes, now: () => number): Reports => {
  const select = database.prepare<[{ laneId: number; limit: number }], FullRow & { correction: string | null }>(`
    SELECT ${fullColumns}, c.content AS correction FROM (
      SELECT lane_id, sequence FROM reports WHERE lane_id = @laneId AND sequence < (${firstUnderway}) ORDER BY sequence LIMIT @limit) q
    CROSS JOIN records r ON r.lane_id = q.lane_id AND r.sequence = q.sequence
    JOIN lanes l ON l.id = r.lane_id JOIN setups s ON s.id = r.setup_id
    LEFT JOIN corrections c ON c.lane_id = q.lane_id AND c.sequence = q.sequence`);
  const remove = database.prepare<[number, number]>('DELETE FROM reports WHERE lane_id = ? AND sequence = ?');
  const updateLane = database.prepare<[number, number, number]>(
    'UPDATE lanes SET waiting = waiting - ?, acknowledged = acknowledged + ? WHERE id = ?',
  );
  const refuse = database
    .prepare<[number, number], number>(
      'UPDATE reports SET refusals = refusals + 1 WHERE lane_id = ? AND sequence = ? RETURNING refusals',
    )
    .pluck();
  const insertDead = database.prepare<[number, number, string, number]>('INSERT INTO dead_letters VALUES (?, ?, ?, ?)');

  const place = (id: string): { laneId: number; sequence: number } | null => {
    const [of, lane, sequence] = id.split('/');
    const laneId = of === station && lane !== undefined ? lanes.idOrNull(lane) : null;
    return laneId === null ? null : { laneId, sequence: Number(sequence) };
  };

  const acknowledge = database.transaction((ids: readonly string[]) => {
    const done = new Map<number, number>();
    for (const id of ids) {
      const at = place(id);
      if (at !== null) done.set(at.laneId, (done.get(at.laneId) ?? 0) + remove.run(at.laneId, at.sequence).changes);
    }
    for (const [laneId, count] of done) updateLane.run(count, count, laneId);
  });

  const refused = database.transaction((id: string, why: string) => {
    const at = place(id);
    const refusals = at === null ? undefined : refuse.get(at.laneId, at.sequence);
    if (at === null || refusals === undefined || refusals < mostRefusals) return;
    remove.run(at.laneId, at.sequence);
    insertDead.run(at.laneId, at.sequence, why, now());
    updateLane.run(1, 0, at.laneId);
  });

  return {
    next(limit) {
      const waiting = lanes.totals();
      const shares = shareOut(
        waiting.map((lane) => lane.waiting),
        limit,
      );
      return waiting
        .flatMap((lane, index) => select.all({ laneId: lane.id, limit: shares[index] ?? 0 }))
        .map((row) => ({ id: reportId(row), json: JSON.stringify({ ...fromRow(row), ...corrected(row.correction) }) }));
    },
    acknowledge: (ids) => acknowledge.immediate(ids),
    refused: (id, why) => refused.immediate(id, why),
  };
};
