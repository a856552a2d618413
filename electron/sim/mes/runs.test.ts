import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, type Runs } from './runs.ts';

describe('runs', () => {
  it('knows what a set knows, in runs that do not touch', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 })), (numbers) => {
        const runs: Runs = [];
        const set = new Set<number>();
        for (const number of numbers) {
          expect(add(runs, number)).toBe(!set.has(number));
          set.add(number);
        }
        const held = runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index));
        expect(held).toEqual([...set].toSorted((a, b) => a - b));
        for (const [index, [first]] of runs.entries())
          if (index > 0) expect(first).toBeGreaterThan((runs[index - 1]?.[1] ?? 0) + 1);
      }),
    );
  });
});
