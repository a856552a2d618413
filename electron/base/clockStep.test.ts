import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockStep } from './clockStep.ts';

const offset = fc.integer({ min: -1e12, max: 1e12 });

describe('step of the wall clock', () => {
  it('is what lies more than a second from before, in its direction', () => {
    fc.assert(
      fc.property(offset, fc.integer({ min: 1001, max: 1e9 }), (before, by) => {
        expect(clockStep(before, before + by)).toBe(by);
        expect(clockStep(before, before - by)).toBe(-by);
      }),
    );
  });

  it('is none when the clock is only set gently', () => {
    fc.assert(fc.property(offset, fc.integer({ min: -1000, max: 1000 }), (before, by) => clockStep(before, before + by) === 0));
  });
});
