import type { Database } from './database.ts';
import { openRuns } from './runs.ts';
import { startOf } from './spans.ts';
import type { Row } from './walkTable.ts';

type Hole = { laneId: number; first: number; last: number };

/** Holes between rows that follow one another in the order of lane and sequence. */
const holesIn = (rows: readonly Row[], afterKey: string | null): Hole[] => {
  const holes: Hole[] = [];
  let [laneId, last] = afterKey === null ? [Number.NaN, 0] : (JSON.parse(afterKey) as [number, number]);
  for (const row of rows) {
    const sequence = Number(row['sequence']);
    // The first of a lane is no hole's end here: what came before it may have left by the keeping rule.
    if (row['lane_id'] === laneId && sequence > last + 1) holes.push({ laneId, first: last + 1, last: sequence - 1 });
    laneId = Number(row['lane_id']);
    last = sequence;
  }
  return holes;
};

/** What a salvage finds to be missing, noted as it goes; within its transactions. */
export const prepareLostRecords = (database: Database) => {
  const insert = database.prepare<[Hole & { nowMs: number }]>(`
    INSERT OR IGNORE INTO gaps (lane_id, first, last, found_at_ms, cause)
    SELECT @laneId, @first, @last, @nowMs, 'damage' WHERE @last > (SELECT evicted_to FROM lanes WHERE id = @laneId)
      AND NOT EXISTS (SELECT 1 FROM gaps WHERE lane_id = @laneId AND first <= @first AND last >= @last)
      AND (SELECT count(*) FROM set_aside WHERE lane_id = @laneId AND sequence BETWEEN @first AND @last) <= @last - @first`);
  const [minutes, setupRuns] = [openRuns(database, 'minutes'), openRuns(database, 'setup_runs')];
  const count = database.prepare<[number, number]>('UPDATE lanes SET records = records + ? WHERE id = ?');
  const ensureSetup = database.prepare<[number]>(`
    INSERT OR IGNORE INTO setups (id, model, model_version, model_sha8, provider, recipe)
    VALUES (?, 'lost', '', '', NULL, 'lost')`);
  return {
    /** A record is kept even when what it says of its model was on a page that is lost. */
    ensureSetups(rows: readonly Row[]): void {
      for (const id of new Set(rows.map((row) => Number(row['setup_id'])))) ensureSetup.run(id);
    },
    /** Whoever was to tell how the gate command ended has told the file that is damaged. */
    endGates(rows: readonly Row[]): void {
      for (const row of rows) if (row['gate'] === 'underway') row['gate'] = 'unknown';
    },
    /** A piece of the records was copied: what is missing in it is a gap, what is there is counted. */
    account(rows: readonly Row[], afterKey: string | null, nowMs: number): void {
      for (const hole of holesIn(rows, afterKey)) insert.run({ ...hole, nowMs });
      for (const row of rows) {
        const at = { laneId: Number(row['lane_id']), sequence: Number(row['sequence']), isNewest: true };
        minutes.see(at, startOf('minute', Number(row['decided_at_ms'])));
        setupRuns.see(at, Number(row['setup_id']));
      }
      for (const [laneId, found] of Map.groupBy(rows, (row) => Number(row['lane_id']))) count.run(found.length, laneId);
    },
    /** The records have yet to come; those that left by the keeping rule were counted. */
    countAnew: () => database.exec('UPDATE lanes SET records = evicted'),
    /** Reports whose records are lost cannot be sent. */
    forgetReports: () =>
      database.exec(`
        DELETE FROM reports WHERE NOT EXISTS
          (SELECT 1 FROM records r WHERE r.lane_id = reports.lane_id AND r.sequence = reports.sequence);
        UPDATE lanes SET waiting = (SELECT count(*) FROM reports q WHERE q.lane_id = lanes.id);`),
  };
};
