import type { Database } from './database.ts';

/**
 * Where in a lane's sequence a value begins that stays the same for many records: a minute, a set-up.
 *
 * What must hold: the last row at or before a record has its value; there are no more rows than runs of equal values among
 * the records, in whatever order they come.
 */
export interface Runs {
  /**
   * A record has this value; in its transaction, after its row. Sequences need not grow: after a loss `line` goes on below
   * the numbers that were skipped.
   */
  see(at: { laneId: number; sequence: number }, value: number): void;
}

interface Run {
  first: number;
  value: number;
}

/** Opens one of the tables of runs for writing. */
export const openRuns = (database: Database, table: 'minutes' | 'setup_runs'): Runs => {
  const runAt = database.prepare<[number, number], Run>(
    `SELECT first, value FROM ${table} WHERE lane_id = ? AND first <= ? ORDER BY first DESC LIMIT 1`,
  );
  const runAfter = database.prepare<[number, number], Run>(
    `SELECT first, value FROM ${table} WHERE lane_id = ? AND first > ? ORDER BY first LIMIT 1`,
  );
  const begin = database.prepare<[number, number, number]>(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?)`);
  const remove = database.prepare<[number, number]>(`DELETE FROM ${table} WHERE lane_id = ? AND first = ?`);
  const recordBefore = database
    .prepare<[number, number], number>(
      'SELECT sequence FROM records WHERE lane_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT 1',
    )
    .pluck();
  const recordAfter = database
    .prepare<[number, number], number>(
      'SELECT sequence FROM records WHERE lane_id = ? AND sequence > ? ORDER BY sequence LIMIT 1',
    )
    .pluck();

  return {
    see({ laneId, sequence }, value) {
      const around = runAt.get(laneId, sequence);
      if (around?.value === value) return;
      // It is the first of a run, or came late: into the middle of another, or to where one of its own value ends or begins.
      const behind = runAfter.get(laneId, sequence);
      const next = recordAfter.get(laneId, sequence);
      const goesOn = next !== undefined && (behind === undefined || next < behind.first);
      if (around !== undefined && (recordBefore.get(laneId, sequence) ?? 0) < around.first) remove.run(laneId, around.first);
      if (around !== undefined && goesOn) begin.run(laneId, next, around.value);
      if (!goesOn && behind?.value === value) remove.run(laneId, behind.first);
      if (runAt.get(laneId, sequence)?.value !== value) begin.run(laneId, sequence, value);
    },
  };
};
