import type { Database } from './database.ts';
import { openRuns } from './runs.ts';
import { startOf } from './spans.ts';
import { tallyBlock } from './tallies.ts';
import type { Row } from './walkTable.ts';

type Hole = { laneId: number; first: number; last: number };
type There = { laneId: number; sequence: number; setupId: number; atMs: number };

/** How far a piece of the records goes: behind `afterKey`, up to its `last` row. */
interface Span {
  afterKey: string | null;
  last: Row | undefined;
  /** Whether nothing comes behind it. */
  isEnd: boolean;
}

/** What lacks between `after` and `end`, where `there` are all that is there, in order. Before the first of a lane all does. */
const holesIn = (there: readonly There[], [laneId, last]: [number, number], end: [number, number]): Hole[] => {
  const holes: Hole[] = [];
  let at = { laneId, last };
  const upTo = (lane: number, sequence: number): void => {
    const before = lane === at.laneId ? at.last : 0;
    if (sequence > before + 1) holes.push({ laneId: lane, first: before + 1, last: sequence - 1 });
    at = { laneId: lane, last: sequence };
  };
  for (const row of there) upTo(row.laneId, row.sequence);
  upTo(end[0], end[1] + 1);
  return holes;
};

/**
 * What the salvage of `damaged` finds to be missing, noted as it goes; within its transactions. The small tables, with how
 * far each lane had come, are there already.
 */
export const prepareLostRecords = (database: Database, damaged: string, nowMs: number) => {
  // What left by the keeping rule, was a gap before, or was set aside, is not lost here.
  const insert = database.prepare<[Hole & { nowMs: number }]>(`
    INSERT INTO gaps (lane_id, first, last, found_at_ms, cause)
    SELECT @laneId, max(@first, evicted_to + 1), @last, @nowMs, 'damage' FROM lanes WHERE id = @laneId AND @last > evicted_to
      AND NOT EXISTS (SELECT 1 FROM gaps WHERE lane_id = @laneId AND first <= max(@first, evicted_to + 1) AND last >= @last)
      AND (SELECT count(*) FROM set_aside WHERE lane_id = @laneId AND sequence BETWEEN @first AND @last) <= @last - @first
    ON CONFLICT DO UPDATE SET last = max(last, excluded.last), found_at_ms = excluded.found_at_ms, cause = excluded.cause`);
  const between = database.prepare<[number, number, number, number], There>(`
    SELECT lane_id AS laneId, sequence, setup_id AS setupId, decided_at_ms AS atMs FROM records
    WHERE (lane_id, sequence) > (?, ?) AND (lane_id, sequence) <= (?, ?) ORDER BY lane_id, sequence`);
  // Where it was lost how far the lane had come, all numbers were taken to be lost; what is behind the newest found still is.
  const goOn = database.prepare<[There]>(`
    INSERT INTO gaps SELECT lane_id, @sequence + 1, max(last), max(found_at_ms), 'damage' FROM gaps
    WHERE lane_id = @laneId AND first <= @sequence AND last > @sequence GROUP BY lane_id
    ON CONFLICT DO UPDATE SET last = max(last, excluded.last)`);
  const end = database.prepare<[There]>('DELETE FROM gaps WHERE lane_id = @laneId AND first <= @sequence AND last > @sequence');
  // The numbers that were skipped when the damage was found begin behind the last that was given.
  const ends = database.prepare<[string], { laneId: number; last: number; kept: number }>(`
    SELECT g.lane_id AS laneId, max(g.first) - 1 AS last, coalesce((SELECT max(sequence) FROM records r
      WHERE r.lane_id = g.lane_id AND r.sequence < max(g.first)), 0) AS kept
    FROM gaps g JOIN salvages s ON s.at_ms = g.found_at_ms WHERE s.folder = ? AND g.cause = 'damage' GROUP BY g.lane_id`);
  const lastGiven = database.prepare<[number], number>('SELECT last_sequence FROM lanes WHERE id = ?').pluck();
  const [minutes, setupRuns] = [openRuns(database, 'minutes'), openRuns(database, 'setup_runs')];
  const count = database.prepare<[number, number]>('UPDATE lanes SET records = records + ? WHERE id = ?');
  const ensureSetup = database.prepare<[number]>(`
    INSERT OR IGNORE INTO setups (id, model, model_version, model_sha8, provider, recipe)
    VALUES (?, 'lost', '', '', NULL, 'lost')`);
  const tellBad = database.prepare<[{ nowMs: number }]>(`
    INSERT INTO events (at_ms, kind, lane_id, sequence, what)
    SELECT @nowMs, 'damaged', id, evicted_to,
      'Of the parts up to number ' || evicted_to || ' that were not ok, ' || lost || ' were lost with the damaged file.'
    FROM (SELECT id, evicted_to,
        (SELECT coalesce(sum(count), 0) FROM tallies WHERE lane_id = id AND verdict <> 'ok' AND block <= evicted_to / ${tallyBlock})
        - (SELECT count(*) FROM records INDEXED BY records_by_class WHERE lane_id = id AND verdict <> 'ok'
            AND sequence < (evicted_to / ${tallyBlock} + 1) * ${tallyBlock}) AS lost
      FROM lanes WHERE evicted_to > 0)
    WHERE lost > 0`);
  const integers = ['lane_id', 'sequence', 'setup_id', 'decided_at_ms'] as const;
  const limits = new Map<number, number>();
  /** The last number that a lane can have given; where neither the lane nor the numbers put by tell it, any is possible. */
  const limitOf = (laneId: number): number => {
    const limit = limits.get(laneId) ?? (lastGiven.get(laneId) || Number.MAX_SAFE_INTEGER);
    limits.set(laneId, limit);
    return limit;
  };
  const keyOf = (row: Row): [number, number] => [Number(row['lane_id']), Number(row['sequence'])];
  return {
    /** Whether a row can be a record at all. */
    isRecord(row: Row): boolean {
      const [laneId, sequence] = keyOf(row);
      const scores = row['scores'];
      return (
        integers.every((column) => Number.isSafeInteger(row[column])) &&
        sequence <= limitOf(laneId) &&
        scores instanceof Uint8Array &&
        scores.byteLength % Float32Array.BYTES_PER_ELEMENT === 0
      );
    },
    /**
     * A record is kept even when what it says of its model was on a page that is lost; and whoever was to tell how its gate
     * command ended has told the file that is damaged.
     */
    prepare(rows: readonly Row[]): void {
      for (const id of new Set(rows.map((row) => Number(row['setup_id'])))) ensureSetup.run(id);
      for (const row of rows) if (row['gate'] === 'underway') row['gate'] = 'unknown';
    },
    /** A piece of the records was copied, `copied` of it: what is missing in it is a gap, what is there is counted. */
    account(copied: readonly Row[], { afterKey, last, isEnd }: Span): void {
      const after = afterKey === null ? ([0, 0] as [number, number]) : (JSON.parse(afterKey) as [number, number]);
      const upTo = last === undefined ? after : keyOf(last);
      const there = between.all(...after, ...upTo);
      const newest = new Map(there.map((row) => [row.laneId, row]));
      for (const row of newest.values()) {
        goOn.run(row);
        end.run(row);
      }
      if (last !== undefined) for (const hole of holesIn(there, after, upTo)) insert.run({ ...hole, nowMs });
      for (const { laneId, sequence, setupId, atMs } of there) {
        minutes.see({ laneId, sequence }, startOf('minute', atMs));
        setupRuns.see({ laneId, sequence }, setupId);
      }
      for (const [laneId, found] of Map.groupBy(copied, (row) => Number(row['lane_id']))) count.run(found.length, laneId);
      if (!isEnd) return;
      for (const { laneId, kept, last: given } of ends.all(damaged))
        if (kept < given) insert.run({ laneId, first: kept + 1, last: given, nowMs });
    },
    /**
     * What decided the records that are still to come may be lost: its numbers are kept free, or what decides now would seem
     * to have decided them.
     */
    keepSetups: () =>
      database.exec(`
        INSERT OR IGNORE INTO setups (id, model, model_version, model_sha8, provider, recipe)
        SELECT id, 'lost', '', '', NULL, 'lost' FROM (SELECT value AS id FROM setup_runs UNION SELECT setup_id FROM production)
        WHERE id > 0`),
    /** The records have yet to come; those that left by the keeping rule were counted. */
    countAnew: () => database.exec('UPDATE lanes SET records = evicted'),
    /**
     * All is copied. Reports whose records are lost cannot be sent, nor seen by a person; and where good parts left by the keeping rule no number
     * tells of the others that are lost, but their count does.
     */
    settle(): void {
      database.exec(`
        DELETE FROM reports WHERE NOT EXISTS
          (SELECT 1 FROM records r WHERE r.lane_id = reports.lane_id AND r.sequence = reports.sequence);
        DELETE FROM dead_letters WHERE NOT EXISTS
          (SELECT 1 FROM records r WHERE r.lane_id = dead_letters.lane_id AND r.sequence = dead_letters.sequence);
        UPDATE lanes SET waiting = (SELECT count(*) FROM reports q WHERE q.lane_id = lanes.id);`);
      tellBad.run({ nowMs });
    },
  };
};
