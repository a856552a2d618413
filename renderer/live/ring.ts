/** The last `size` numbers that were pushed; pushing allocates nothing. */
export interface Ring {
  push(value: number): void;
  /** Forgets everything. */
  clear(): void;
  /** Oldest first: `at(0)` … `at(length - 1)`. */
  at(index: number): number;
  readonly length: number;
}

export const createRing = (size: number): Ring => {
  const values = new Float64Array(size);
  let pushed = 0;
  return {
    push(value) {
      values[pushed % size] = value;
      pushed += 1;
    },
    clear() {
      pushed = 0;
    },
    at(index) {
      const first = Math.max(0, pushed - size);
      return values[(first + index) % size] ?? Number.NaN;
    },
    get length() {
      return Math.min(pushed, size);
    },
  };
};

/**
 * How many a second, from the times (milliseconds) at which things came; the wait since the last one counts, so that the
 * rate falls when nothing comes any more.
 */
export const perSecond = (times: Ring, nowMs: number): number => {
  const { length } = times;
  if (length < 2) return 0;
  const spanMs = Math.max(times.at(length - 1) - times.at(0), 1);
  const waitMs = nowMs - times.at(length - 1);
  const perGapMs = spanMs / (length - 1);
  return waitMs > 2 * perGapMs ? (1000 * length) / (spanMs + waitMs) : 1000 / perGapMs;
};
