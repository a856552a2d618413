import type { Database } from './database.ts';
import { pageBytes } from './database.ts';
import { evictAbove, evictTo } from './quota.ts';

/** Records that leave in one transaction: some 20 ms. */
const atOnce = 2000;

/** How full the file is: pages that hold something, and what it may grow to. */
export interface Fullness {
  usedBytes: number;
  mostBytes: number;
}

/** Makes room in the store by the keeping rule. */
export interface Eviction {
  fullness(): Fullness;
  /**
   * Lets go a piece of the oldest records of good parts that the MES has acknowledged, when the file is nearly full;
   * `false` when there is nothing to do, or nothing that may go. Records of `nok`, `unsure` and `error`, reports, gaps,
   * events and roll-ups stay.
   */
  step(): boolean;
}

/** Prepares the statements of the eviction. */
export const prepareEviction = (database: Database): Eviction => {
  const lanes = database.prepare<[], { id: number; oldest: number }>(`
    SELECT id, (SELECT sequence FROM records r INDEXED BY records_by_verdict WHERE r.lane_id = lanes.id AND r.verdict = 'ok' ORDER BY sequence LIMIT 1) AS oldest,
      (SELECT decided_at_ms FROM records r INDEXED BY records_by_verdict WHERE r.lane_id = lanes.id AND r.verdict = 'ok' ORDER BY sequence LIMIT 1) AS at_ms
    FROM lanes WHERE oldest IS NOT NULL ORDER BY at_ms`);
  const remove = database
    .prepare<[{ id: number }], number>(`
    DELETE FROM records WHERE lane_id = @id AND sequence IN (
      SELECT r.sequence FROM records r INDEXED BY records_by_verdict WHERE r.lane_id = @id AND r.verdict = 'ok'
        AND NOT EXISTS (SELECT 1 FROM reports q WHERE q.lane_id = @id AND q.sequence = r.sequence)
      ORDER BY r.sequence LIMIT ${atOnce}) RETURNING sequence`)
    .pluck();
  const note = database.prepare<[number, number, number]>(
    'UPDATE lanes SET evicted = evicted + ?, evicted_to = max(evicted_to, ?) WHERE id = ?',
  );
  const pragma = (name: string): number => Number(database.pragma(name, { simple: true }));
  const fullness = (): Fullness => ({
    usedBytes: (pragma('page_count') - pragma('freelist_count')) * pageBytes,
    mostBytes: pragma('max_page_count') * pageBytes,
  });
  const removeSome = database.transaction((): boolean => {
    for (const { id } of lanes.all()) {
      const gone = remove.all({ id });
      if (gone.length === 0) continue;
      note.run(
        gone.length,
        gone.reduce((most, sequence) => Math.max(most, sequence)),
        id,
      );
      return true;
    }
    return false;
  });

  let isEvicting = false;
  return {
    fullness,
    step() {
      const { usedBytes, mostBytes } = fullness();
      isEvicting = usedBytes > mostBytes * (isEvicting ? evictTo : evictAbove);
      if (isEvicting) isEvicting = removeSome.immediate();
      return isEvicting;
    },
  };
};
