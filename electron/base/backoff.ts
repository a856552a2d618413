/**
 * The wait before try number `attempt` (0 = first), doubling from `firstMs` up to `mostMs`.
 * No jitter: one station talks to one PLC and one MES, there is no herd to spread.
 */
export const backoffMs = (attempt: number, firstMs: number, mostMs: number): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 30));
