import type { OpeningError } from '../../contract/wiring.ts';

interface Opening {
  counts: number;
  ms: number;
}

/** A part that follows another out so closely shares its opening. */
const alonePulses = 2;
const most = 100_000;

/**
 * How well the gate is timed: how far from `window` counts before a part it had opened, of the parts that went out alone. Times
 * by the belt's speed at that moment.
 */
export const openOpenings = (window: number) => {
  let openings: Opening[] = [];
  let lastPlace: number | null = null;
  return {
    /** A part at `place` (UInt32) went out, the gate having opened `openedBefore` counts before it. */
    add(place: number, openedBefore: number, countsPerSecond: number): void {
      const isAlone = lastPlace === null || ((place - lastPlace) | 0) > alonePulses * 2 * window;
      lastPlace = place;
      if (!isAlone || countsPerSecond <= 0 || openings.length >= most) return;
      const counts = window - openedBefore;
      openings.push({ counts, ms: (counts / countsPerSecond) * 1000 });
    },
    figures(): OpeningError {
      const [counts, ms] = [spread(openings.map((each) => each.counts)), spread(openings.map((each) => each.ms))];
      return {
        ...{ count: openings.length, meanCounts: counts.mean, p99Counts: counts.p99, maxCounts: counts.max },
        ...{ meanMs: ms.mean, p99Ms: ms.p99, maxMs: ms.max },
      };
    },
    reset(): void {
      openings = [];
    },
  };
};

const round = (value: number): number => Math.round(value * 100) / 100;

/** Mean of the errors, 99th percentile and greatest of their sizes; 0 of none. */
const spread = (errors: number[]) => {
  const sizes = errors.map(Math.abs).sort((a, b) => a - b);
  const at = (share: number): number => round(sizes[Math.ceil(share * sizes.length) - 1] ?? 0);
  const sum = errors.reduce((total, each) => total + each, 0);
  return { mean: round(sum / Math.max(1, errors.length)), p99: at(0.99), max: at(1) };
};
