import { messageOf } from '../../base/errors.ts';
import type { Database } from './database.ts';
import type { Lanes } from './lanes.ts';
import { fromRow, fullColumns, type FullRow } from './row.ts';

/** The reports on their way to the MES. */
export interface Reports {
  /**
   * The oldest that wait, in the order of each lane's sequence; lanes take turns. One whose record cannot be read becomes a
   * dead letter, and the others go on.
   */
  next(limit: number): { id: string; json: string }[];
  /** The MES has them: they are done. How many of them have left; what nobody waits for does not count. */
  acknowledge(ids: readonly string[]): number;
  /**
   * The MES refused one: it is offered again, and the fifth time set aside as a dead letter (faults #47). Whether it still
   * waits.
   */
  refused(id: string, why: string): boolean;
}

const mostRefusals = 5;
/** What an MES says is for a person to read; some send a whole stack. */
const mostOfWhy = 500;
/** A report tells how the gate command ended, and reports go in order: they wait for parts that are not past the gate. */
const firstUnderway = `SELECT coalesce(min(sequence), ${Number.MAX_SAFE_INTEGER})
  FROM records INDEXED BY records_underway WHERE lane_id = @laneId AND gate = 'underway'`;

const corrected = (content: string | null): object => (content === null ? {} : (JSON.parse(content) as object));

type ReportRow = FullRow & { correction: string | null };

/** A row as it is reported; or why that cannot be, for a byte that the disk has turned stops no other. */
const readReport = (row: ReportRow): { id: string; json: string } | { row: FullRow; why: string } => {
  try {
    return { id: reportId(row), json: JSON.stringify({ ...fromRow(row), ...corrected(row.correction) }) };
  } catch (error) {
    return { row, why: `The record cannot be read here: ${messageOf(error)}` };
  }
};

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
  const select = database.prepare<[{ laneId: number; limit: number }], ReportRow>(`
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
    const laneId = of === undefined || lane === undefined ? null : lanes.idEver(of, lane);
    return laneId === null ? null : { laneId, sequence: Number(sequence) };
  };

  const acknowledge = database.transaction((ids: readonly string[]) => {
    const done = new Map<number, number>();
    for (const id of ids) {
      const at = place(id);
      if (at !== null) done.set(at.laneId, (done.get(at.laneId) ?? 0) + remove.run(at.laneId, at.sequence).changes);
    }
    for (const [laneId, count] of done) updateLane.run(count, count, laneId);
    return [...done.values()].reduce((sum, count) => sum + count, 0);
  });

  const setAside = (laneId: number, sequence: number, why: string): void => {
    if (remove.run(laneId, sequence).changes === 0) return;
    insertDead.run(laneId, sequence, why.slice(0, mostOfWhy), now());
    updateLane.run(1, 0, laneId);
  };
  const refused = database.transaction((id: string, why: string): boolean => {
    const at = place(id);
    const refusals = at === null ? undefined : refuse.get(at.laneId, at.sequence);
    if (at === null || refusals === undefined) return false;
    if (refusals < mostRefusals) return true;
    setAside(at.laneId, at.sequence, why);
    return false;
  });
  const setAllAside = database.transaction((broken: readonly { row: FullRow; why: string }[]) => {
    for (const { row, why } of broken) {
      const at = place(reportId(row));
      if (at !== null) setAside(at.laneId, at.sequence, why);
    }
  });

  /** Also under a former name of the station: a record is reported as what it was made, and those are the older ones. */
  const oldest = (limit: number) => {
    const waiting = lanes.everTotals().toSorted((a, b) => Number(a.station === station) - Number(b.station === station));
    const shares = shareOut(
      waiting.map((lane) => lane.waiting),
      limit,
    );
    return waiting.flatMap((lane, index) => select.all({ laneId: lane.id, limit: shares[index] ?? 0 }));
  };

  return {
    next(limit) {
      for (;;) {
        const read = oldest(limit).map(readReport);
        const broken = read.filter((each) => 'why' in each);
        const sound = read.filter((each) => 'json' in each);
        if (broken.length > 0) setAllAside.immediate(broken);
        // All of them broken is not the end of the outbox.
        if (sound.length > 0 || broken.length === 0) return sound;
      }
    },
    acknowledge: (ids) => acknowledge.immediate(ids),
    refused: (id, why) => refused.immediate(id, why),
  };
};
