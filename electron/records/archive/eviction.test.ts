import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evictionOrder, planEviction } from './eviction.ts';

const picture = fc.record({
  verdict: fc.constantFrom(...evictionOrder),
  decidedAtMs: fc.integer({ min: 0, max: 1000 }),
  bytes: fc.integer({ min: 1, max: 100 }),
});
const archive = fc.uniqueArray(picture, { maxLength: 60, selector: ({ decidedAtMs }) => decidedAtMs });
const quota = fc.integer({ min: 0, max: 3000 });
const sum = (pictures: readonly { bytes: number }[]): number => pictures.reduce((bytes, each) => bytes + each.bytes, 0);
const value = (each: { verdict: (typeof evictionOrder)[number] }): number => evictionOrder.indexOf(each.verdict);

describe('planEviction', () => {
  it('does nothing within the quota', () => {
    fc.assert(
      fc.property(archive, (all) => {
        expect(planEviction(all, sum(all), sum(all))).toEqual([]);
      }),
    );
  });

  it('ends at or below the quota, and takes no picture more than it needs for 95 % of it', () => {
    fc.assert(
      fc.property(archive, quota, (all, quotaBytes) => {
        const leaving = planEviction(all, sum(all), quotaBytes);
        expect(sum(all) - sum(leaving)).toBeLessThanOrEqual(quotaBytes);
        if (leaving.length > 0) expect(sum(all) - sum(leaving.slice(0, -1))).toBeGreaterThan(quotaBytes * 0.95);
      }),
    );
  });

  it('never lets a picture go while a less valuable, or an older one of the same verdict, stays', () => {
    fc.assert(
      fc.property(archive, quota, (all, quotaBytes) => {
        const leaving = new Set(planEviction(all, sum(all), quotaBytes));
        for (const gone of leaving)
          for (const stays of all.filter((each) => !leaving.has(each)))
            expect(value(gone) < value(stays) || (value(gone) === value(stays) && gone.decidedAtMs < stays.decidedAtMs)).toBe(
              true,
            );
      }),
    );
  });

  it('lets the picture of a bad part go last', () => {
    const all = evictionOrder.map((verdict) => ({ verdict, decidedAtMs: verdict === 'nok' ? 0 : 9, bytes: 10 }));
    expect(planEviction(all, 40, 20).map(({ verdict }) => verdict)).toEqual(['ok', 'unsure', 'error']);
  });
});
