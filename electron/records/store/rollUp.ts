import type { PartRecord } from '../../contract/record.ts';
import type { Database } from './database.ts';
import type { Target } from './insertRecord.ts';
import { type Span, spanMs, startOf } from './spans.ts';

/** A question about a long time reads long spans: a year of minutes is a second of reading, a year of months nothing. */
const spans = Object.keys(spanMs) as Span[];

/** Counts a batch by lane, span of time, set-up, verdict and reason in memory, and adds it to `production` in a few statements. */
export interface RollUp {
  count(at: Target, record: PartRecord): void;
  /** Within the batch's transaction. */
  write(): void;
  forget(): void;
}

type Cell = Target & { spanMs: number; fromMs: number; verdict: string; reason: string; count: number };

/** Opens an empty count; its statement belongs to `database`. */
export const openRollUp = (database: Database): RollUp => {
  const add = database.prepare<[Cell]>(`
    INSERT INTO production (lane_id, span_ms, from_ms, setup_id, verdict, reason, count)
    VALUES (@laneId, @spanMs, @fromMs, @setupId, @verdict, @reason, @count)
    ON CONFLICT DO UPDATE SET count = count + excluded.count`);
  /** By lane, minute, set-up, verdict and reason; the longer spans follow from the minute when it is written. */
  const cells = new Map<string, Cell>();
  return {
    count({ laneId, setupId }, { decidedAtMs, verdict, reason }) {
      const fromMs = startOf('minute', decidedAtMs);
      const key = `${laneId} ${fromMs} ${setupId} ${verdict} ${reason}`;
      const cell = cells.get(key);
      if (cell === undefined) cells.set(key, { laneId, setupId, spanMs: spanMs.minute, fromMs, verdict, reason, count: 1 });
      else cell.count += 1;
    },
    write() {
      for (const cell of cells.values())
        for (const span of spans) add.run({ ...cell, spanMs: spanMs[span], fromMs: startOf(span, cell.fromMs) });
    },
    forget: () => cells.clear(),
  };
};
