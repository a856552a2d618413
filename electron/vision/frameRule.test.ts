import { describe, expect, it } from 'vitest';
import { type CheckLimits, frameFault, type Looks, sameRun } from './frameRule.ts';

const limits: CheckLimits = { blackShare: 0.98, saturatedShare: 0.3, tornShare: 0.1, frozenFrames: 5, leastSharpness: 3 };
const good: Looks = {
  fits: true,
  markLost: false,
  blackShare: 0.2,
  saturatedShare: 0.1,
  emptyShare: 0,
  same: false,
  sharpness: 9,
};

describe('frameFault', () => {
  it.each<[string, Partial<Looks>]>([
    ['wrong-format', { fits: false }],
    ['torn', { markLost: true }],
    ['black', { blackShare: 0.98 }],
    ['saturated', { saturatedShare: 0.31 }],
    ['torn', { emptyShare: 0.1 }],
    ['blurred', { sharpness: 2.9 }],
  ])('%s: %j', (fault, looks) => expect(frameFault({ ...good, ...looks }, limits, 1)).toBe(fault));

  it('passes what is within the limits', () => {
    expect(frameFault(good, limits, 4)).toBeNull();
    expect(frameFault({ ...good, sharpness: null }, limits, 1)).toBeNull();
  });

  it('names the cause, not what follows from it', () => {
    expect(frameFault({ ...good, blackShare: 1, emptyShare: 1, sharpness: 0 }, limits, 9)).toBe('black');
  });

  it('calls the fifth of the same frames frozen, unless the recipe says never', () => {
    let run = 0;
    const faults = [false, true, true, true, true, false].map((same) => {
      run = sameRun(run, { ...good, same });
      return frameFault({ ...good, same }, limits, run);
    });
    expect(faults).toEqual([null, null, null, null, 'frozen', null]);
    expect(frameFault(good, { ...limits, frozenFrames: 0 }, 99)).toBeNull();
  });
});
