import type { PartRecord } from '../../contract/record.ts';
import type { Database } from './database.ts';

const minuteMs = 60_000;

/** Counts a batch by lane, minute, verdict and reason in memory, and adds it to the roll-up in a few statements. */
export interface Minutes {
  count(laneId: number, record: PartRecord): void;
  /** Within the batch's transaction. */
  write(): void;
  forget(): void;
}

type Cell = { laneId: number; minuteMs: number; verdict: string; reason: string; count: number };

export const openMinutes = (database: Database): Minutes => {
  const add = database.prepare<[Cell]>(`
    INSERT INTO minutes VALUES (@laneId, @minuteMs, @verdict, @reason, @count)
    ON CONFLICT DO UPDATE SET count = count + excluded.count`);
  const cells = new Map<string, Cell>();
  return {
    count(laneId, { decidedAtMs, verdict, reason }) {
      const minute = Math.floor(decidedAtMs / minuteMs) * minuteMs;
      const key = `${laneId} ${minute} ${verdict} ${reason}`;
      const cell = cells.get(key);
      if (cell === undefined) cells.set(key, { laneId, minuteMs: minute, verdict, reason, count: 1 });
      else cell.count += 1;
    },
    write() {
      for (const cell of cells.values()) add.run(cell);
    },
    forget: () => cells.clear(),
  };
};
