import { statSync } from 'node:fs';
import type { Database } from './database.ts';
import { DamagedError } from './fault.ts';

/** A file up to this size is checked whole at start, in well under a second; of a larger one only what is small. */
const mostCheckedBytes = 64 * 1024 * 1024;
const smallTables = ['lanes', 'setups', 'dead_letters', 'gaps', 'set_aside', 'events', 'salvages'];

/** Whether the pages hang together, as far as a start can wait for it. Throws DamagedError. */
export const quickCheck = (database: Database): void => {
  const isSmall = statSync(database.name).size <= mostCheckedBytes;
  const known = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  const checks = isSmall
    ? ['quick_check(1)']
    : smallTables.filter((name) => known.includes(name)).map((name) => `quick_check('${name}')`);
  for (const check of checks) {
    const answer = String(database.pragma(check, { simple: true }));
    if (answer !== 'ok') throw new DamagedError(answer);
  }
};

const hourMs = 3_600_000;
/** Off shift: no part for so long. */
const quietMs = 15 * 60_000;
const fullCheckEveryMs = 20 * hourMs;
/** A line that never rests is checked all the same. */
const fullCheckAtLeastEveryMs = 7 * 24 * hourMs;

/** When the whole file is checked; all wall clock, `null` for never. */
export interface CheckTimes {
  lastCheckMs: number | null;
  lastRecordMs: number | null;
}

/** Whether the full check is due now: once a day in a quiet time, once a week at any (a clock that went back counts as long ago). */
export const isFullCheckDue = ({ lastCheckMs, lastRecordMs }: CheckTimes, nowMs: number): boolean => {
  const since = (thenMs: number | null): number =>
    thenMs === null || thenMs > nowMs ? Number.POSITIVE_INFINITY : nowMs - thenMs;
  const checkedAgoMs = since(lastCheckMs);
  if (since(lastRecordMs) >= quietMs) return checkedAgoMs >= fullCheckEveryMs;
  return Number.isFinite(checkedAgoMs) && checkedAgoMs >= fullCheckAtLeastEveryMs;
};
