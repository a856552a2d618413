import { backoffMs } from '../base/backoff.ts';

/** A process that was ready for so long had started well: its end is a single one. */
const goodRunMs = 2000;
/** Starting a process holds `line` up for some milliseconds: the PLC hears first what becomes of the parts underway. */
const leastWaitMs = 20;
const firstWaitMs = 100;
const lastWaitMs = 5000;

/**
 * How long to wait before a process that ended is started again. One that had been ready for a while comes back at once
 * (faults #12: ≤ 1 s); one that ends again and again waits, twice as long each time, so that it does not take the
 * processor from what still works. `failures`: how many of its runs in a row ended early; `readyForMs`: `null` when it
 * never was ready.
 */
export const restartAfter = (failures: number, readyForMs: number | null): { failures: number; waitMs: number } => {
  if (readyForMs !== null && readyForMs >= goodRunMs) return { failures: 0, waitMs: leastWaitMs };
  return { failures: failures + 1, waitMs: backoffMs(failures, firstWaitMs, lastWaitMs) };
};
