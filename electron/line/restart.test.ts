import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restartAfter } from './restart.ts';

const waits = (runs: (number | null)[]): number[] => {
  let failures = 0;
  return runs.map((readyForMs) => {
    const next = restartAfter(failures, readyForMs);
    failures = next.failures;
    return next.waitMs;
  });
};

describe('restartAfter', () => {
  it('starts at once what had run well, however often that ends', () => {
    expect(waits([60_000, 3000, 2000])).toEqual([20, 20, 20]);
  });

  it('waits longer each time for what ends before it was ready or soon after, and forgets it after a good run', () => {
    expect(waits([null, 20, null, 1999, 9000, null])).toEqual([100, 200, 400, 800, 20, 100]);
  });

  it('never waits longer than five seconds', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(5000)), { maxLength: 60 }), (runs) => {
        expect(Math.max(0, ...waits(runs))).toBeLessThanOrEqual(5000);
      }),
    );
  });
});
