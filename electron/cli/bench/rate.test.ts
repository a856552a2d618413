import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRate } from './rate.ts';

describe('nextRate', () => {
  it('comes within 4 % or 5 frames of the true limit in a dozen steps, without a try above 1.5 × of what held', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 2000 }), (limit) => {
        const steps: { rate: number; held: boolean }[] = [];
        for (let rate = nextRate(steps); rate !== null; rate = nextRate(steps)) {
          steps.push({ rate, held: rate <= limit });
          expect(steps.length).toBeLessThan(20);
        }
        const best = Math.max(60, ...steps.filter((step) => step.held).map((step) => step.rate));
        expect(limit - best).toBeLessThanOrEqual(Math.max(5, best * 0.04));
      }),
    );
  });
});
