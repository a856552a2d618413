import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder } from '../../../test/records/store.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { openRuns } from './runs.ts';

interface Seen {
  sequence: number;
  value: number;
}

/** A store's tables, with lanes to be had: records of a lane come, and its runs can be asked. */
const aStoreOfLanes = () => {
  const database = openDatabase(join(aFolder(), 'some.sqlite'));
  migrate(database);
  onTestFinished(() => void database.close());
  database.exec("INSERT INTO setups (model, model_version, model_sha8, recipe) VALUES ('m', '1', '0', 'r')");
  const addLane = database.prepare<[string]>("INSERT INTO lanes (station, lane) VALUES ('test', ?)");
  const insert = database.prepare<[number, number]>(`
    INSERT INTO records (lane_id, sequence, setup_id, part_id, verdict, reason, confidence, scores, reject, gate, decided_at_ms,
      decided_mono_ms) VALUES (?, ?, 1, 1, 'ok', 'good', 1, x'', 0, 'acknowledged', 0, 0)`);
  const find = database
    .prepare<[number, number], number>('SELECT value FROM minutes WHERE lane_id = ? AND first <= ? ORDER BY first DESC LIMIT 1')
    .pluck();
  const count = database.prepare<[number], number>('SELECT count(*) FROM minutes WHERE lane_id = ?').pluck();
  const runs = openRuns(database, 'minutes');
  let lanes = 0;
  return () => {
    const laneId = Number(addLane.run(`lane-${lanes++}`).lastInsertRowid);
    return {
      keep({ sequence, value }: Seen): void {
        insert.run(laneId, sequence);
        runs.see({ laneId, sequence }, value);
      },
      valueAt: (sequence: number) => find.get(laneId, sequence),
      rows: () => count.get(laneId),
    };
  };
};

const runsOf = (seen: readonly Seen[]): number =>
  seen.toSorted((a, b) => a.sequence - b.sequence).filter(({ value }, index, all) => value !== all[index - 1]?.value).length;

describe('runs of a value', () => {
  it('are as many rows, and tell the value of each record, in whatever order the records come', () => {
    const aLane = aStoreOfLanes();
    const records = fc.uniqueArray(
      fc.record({ sequence: fc.integer({ min: 1, max: 40 }), value: fc.integer({ min: 1, max: 3 }) }),
      {
        selector: ({ sequence }) => sequence,
      },
    );
    fc.assert(
      fc.property(records, (all) => {
        const lane = aLane();
        for (const [index, record] of all.entries()) {
          lane.keep(record);
          const seen = all.slice(0, index + 1);
          expect(seen.map(({ sequence }) => lane.valueAt(sequence))).toEqual(seen.map(({ value }) => value));
          expect(lane.rows()).toBe(runsOf(seen));
        }
      }),
    );
  });

  it('are no more where numbers were skipped after a loss and line goes on with its own', () => {
    const lane = aStoreOfLanes()();
    const minute = (sequence: number): number => Math.floor(sequence / 60);
    const keep = (first: number, last: number): void => {
      for (let sequence = first; sequence <= last; sequence++) lane.keep({ sequence, value: minute(sequence) });
    };
    keep(1, 119);
    keep(2_000_001, 2_000_001);
    keep(120, 599);
    expect(lane.rows()).toBe(11);
    expect([1, 60, 599].map(lane.valueAt)).toEqual([0, 1, 9]);
  });
});
