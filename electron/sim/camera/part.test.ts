import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostSpacingCounts, type PartLabel, partLabels, partOf } from './part.ts';

const seed = fc.integer({ min: 0, max: 2 ** 31 });
const number = fc.integer({ min: -5, max: 1e7 });

describe('part', () => {
  it('is the same part whenever it is asked for', () => {
    fc.assert(
      fc.property(seed, number, (s, n) => {
        expect(partOf(s, n, 0.1)).toEqual(partOf(s, n, 0.1));
      }),
    );
  });

  it('that is bad at one rate is bad in the same way at every higher rate', () => {
    fc.assert(
      fc.property(seed, number, fc.double({ min: 0, max: 1, noNaN: true }), (s, n, rate) => {
        const part = partOf(s, n, rate);
        expect(part.bad).toBe(part.label !== 'good');
        if (part.bad) expect(partOf(s, n, Math.min(1, rate + 0.1))).toEqual(part);
      }),
    );
  });

  it('keeps its place in the row', () => {
    fc.assert(
      fc.property(seed, number, (s, n) => {
        const { spacingCounts, sensorCounts } = partOf(s, n, 0.1);
        expect(Math.abs(spacingCounts)).toBeLessThanOrEqual(mostSpacingCounts);
        expect(Math.abs(sensorCounts)).toBeLessThanOrEqual(1);
        expect(Number.isInteger(spacingCounts) && Number.isInteger(sensorCounts)).toBe(true);
      }),
    );
  });

  it('is bad as often as the rate says, and each defect is as frequent as the others', () => {
    const counts = new Map<PartLabel, number>(partLabels.map((label) => [label, 0]));
    const parts = 20_000;
    for (let n = 0; n < parts; n++) {
      const { label } = partOf(1, n, 0.1);
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    const { good, ...defects } = Object.fromEntries(counts) as Record<PartLabel, number>;
    expect(good / parts).toBeCloseTo(0.9, 2);
    for (const count of Object.values(defects)) expect(count / parts).toBeCloseTo(0.02, 2);
  });

  it('is never bad at rate 0 and always at rate 1', () => {
    fc.assert(
      fc.property(seed, number, (s, n) => {
        expect(partOf(s, n, 0).bad).toBe(false);
        expect(partOf(s, n, 1).bad).toBe(true);
      }),
    );
  });
});
