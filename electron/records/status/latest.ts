import { setTimeout as sleep } from 'node:timers/promises';

/** A value that is replaced now and then, and those who watch it. */
export interface Latest<T> {
  value(): T;
  set(value: T): void;
  /** Yields the value at once and then after changes, until `signal` aborts; who is slow misses what is between. */
  watch(signal: AbortSignal): AsyncGenerator<T>;
}

/** @param leastBetweenMs A watcher gets no two values within so long. */
export const openLatest = <T>(first: T, leastBetweenMs: number): Latest<T> => {
  let current = first;
  let version = 0;
  const waiting = new Set<() => void>();
  const wakeAll = (): void => {
    for (const wake of waiting) wake();
    waiting.clear();
  };
  return {
    value: () => current,
    set(value) {
      current = value;
      version += 1;
      wakeAll();
    },
    async *watch(signal) {
      signal.addEventListener('abort', wakeAll, { once: true });
      for (let seen = -1; !signal.aborted; ) {
        while (seen === version && !signal.aborted) await new Promise<void>((resolve) => waiting.add(resolve));
        if (signal.aborted) return;
        seen = version;
        yield current;
        await sleep(leastBetweenMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
};
