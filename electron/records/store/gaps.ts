import type { Database } from './database.ts';

/** Sequences of a lane that never came. */
export interface Gap {
  lane: string;
  first: number;
  last: number;
  foundAtMs: number;
  /** `skipped`: `line` never sent them; `damage`: they were lost here, or their numbers were never given. */
  cause: 'skipped' | 'damage';
}

type Bounds = { first: number; last: number; found_at_ms: number; cause: string };

/** Keeps the table of gaps right while sequences come in; all within the caller's transaction. */
export const openGaps = (database: Database): { see(laneId: number, last: number, sequence: number, nowMs: number): void } => {
  const insert = database.prepare<[number, number, number, number, string]>('INSERT INTO gaps VALUES (?, ?, ?, ?, ?)');
  const around = database.prepare<[number, number], Bounds>(
    'SELECT first, last, found_at_ms, cause FROM gaps WHERE lane_id = ? AND first <= ? ORDER BY first DESC LIMIT 1',
  );
  const remove = database.prepare<[number, number]>('DELETE FROM gaps WHERE lane_id = ? AND first = ?');

  /** A sequence came after all: what is left of its gap stays. */
  const narrow = (laneId: number, sequence: number): void => {
    const gap = around.get(laneId, sequence);
    if (gap === undefined || gap.last < sequence) return;
    remove.run(laneId, gap.first);
    if (gap.first < sequence) insert.run(laneId, gap.first, sequence - 1, gap.found_at_ms, gap.cause);
    if (sequence < gap.last) insert.run(laneId, sequence + 1, gap.last, gap.found_at_ms, gap.cause);
  };

  return {
    see(laneId, last, sequence, nowMs) {
      if (sequence > last + 1) insert.run(laneId, last + 1, sequence - 1, nowMs, 'skipped');
      else if (sequence <= last) narrow(laneId, sequence);
    },
  };
};

/** More holes than a damaged file has, but for one that is damaged all over. */
const mostShown = 1000;

/** The gaps of `station` that were found since `sinceMs` (wall clock), newest first. */
export const prepareRecentGaps = (database: Database, station: string): ((sinceMs: number) => Gap[]) => {
  const select = database.prepare<[string, number], Gap>(`
    SELECT l.lane, g.first, g.last, g.found_at_ms AS foundAtMs, g.cause FROM gaps g JOIN lanes l ON l.id = g.lane_id
    WHERE l.station = ? AND g.found_at_ms >= ? ORDER BY g.found_at_ms DESC LIMIT ${mostShown}`);
  return (sinceMs) => select.all(station, sinceMs);
};
