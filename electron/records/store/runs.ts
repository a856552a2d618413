import type { Database } from './database.ts';

/** Where in a lane's sequence a value begins that stays the same for many records: a minute, a set-up. */
export interface Runs {
  /** A record has this value; `isNewest`: no record of the lane came before with a higher sequence. In its transaction. */
  see(at: { laneId: number; sequence: number; isNewest: boolean }, value: number): void;
}

/** Opens one of the tables of runs for writing. */
export const openRuns = (database: Database, table: 'minutes' | 'setup_runs'): Runs => {
  const around = database
    .prepare<[number, number], number>(`SELECT value FROM ${table} WHERE lane_id = ? AND first <= ? ORDER BY first DESC LIMIT 1`)
    .pluck();
  const begin = database.prepare<[number, number, number]>(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?)`);
  const goOn = database.prepare<[number, number, number]>(`INSERT OR IGNORE INTO ${table} VALUES (?, ?, ?)`);
  return {
    see({ laneId, sequence, isNewest }, value) {
      const before = around.get(laneId, sequence);
      if (before === value) return;
      begin.run(laneId, sequence, value);
      // It came late, into the middle of another run: that one goes on behind it.
      if (!isNewest && before !== undefined) goOn.run(laneId, sequence + 1, before);
    },
  };
};
