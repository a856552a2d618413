import { createHistogram } from 'node:perf_hooks';
import type { Histogram } from '../contract/histogram.ts';
import type { Spread } from '../contract/facts.ts';

/** Collects durations without keeping them: an HDR histogram in microseconds, precise to 0.1 %. */
export interface Stopwatch {
  add(ms: number): void;
  /** Median and 99th percentile of all so far, `null` before the first. */
  spread(): Spread | null;
  figures(): Histogram;
  reset(): void;
}

/** A stopwatch that has measured nothing yet; durations above a minute count as a minute. */
export const openStopwatch = (): Stopwatch => {
  const histogram = createHistogram({ lowest: 1, highest: 60_000_000, figures: 3 });
  const at = (percentile: number): number => histogram.percentile(percentile) / 1000;
  return {
    add: (ms) => histogram.record(Math.min(60_000_000, Math.max(1, Math.round(ms * 1000)))),
    spread: () => (histogram.count === 0 ? null : { p50: at(50), p99: at(99) }),
    figures: () =>
      histogram.count === 0
        ? { count: 0, p50: 0, p99: 0, p999: 0, max: 0 }
        : { count: histogram.count, p50: at(50), p99: at(99), p999: at(99.9), max: histogram.max / 1000 },
    reset: () => histogram.reset(),
  };
};
