import type { PartRecord } from '../../contract/record.ts';
import type { Database } from './database.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
/** A longer question reads longer spans: a week of minutes is 30 ms of reading, a week of hours less than one. */
const spansMs = [minuteMs, hourMs];

/** Counts a batch by lane, span of time, verdict and reason in memory, and adds it to `production` in a few statements. */
export interface RollUp {
  count(laneId: number, record: PartRecord): void;
  /** Within the batch's transaction. */
  write(): void;
  forget(): void;
}

type Cell = { laneId: number; spanMs: number; fromMs: number; verdict: string; reason: string; count: number };

/** Opens an empty count; its statement belongs to `database`. */
export const openRollUp = (database: Database): RollUp => {
  const add = database.prepare<[Cell]>(`
    INSERT INTO production VALUES (@laneId, @spanMs, @fromMs, @verdict, @reason, @count)
    ON CONFLICT DO UPDATE SET count = count + excluded.count`);
  const cells = new Map<string, Cell>();
  return {
    count(laneId, { decidedAtMs, verdict, reason }) {
      for (const spanMs of spansMs) {
        const fromMs = Math.floor(decidedAtMs / spanMs) * spanMs;
        const key = `${laneId} ${spanMs} ${fromMs} ${verdict} ${reason}`;
        const cell = cells.get(key);
        if (cell === undefined) cells.set(key, { laneId, spanMs, fromMs, verdict, reason, count: 1 });
        else cell.count += 1;
      }
    },
    write() {
      for (const cell of cells.values()) add.run(cell);
    },
    forget: () => cells.clear(),
  };
};
