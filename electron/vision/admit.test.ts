import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, openAdmission } from './admit.ts';

const admitted = (times: number[], mostFps: number): number => {
  const admission = openAdmission();
  return times.filter((time) => admit(admission, mostFps, time)).length;
};

describe('admit', () => {
  it('lets a camera in that keeps to its rate, however its frames jitter by half a period', () => {
    const jitter = fc.array(fc.double({ min: 0, max: 8, noNaN: true }), { minLength: 2, maxLength: 300 });
    fc.assert(
      fc.property(
        jitter,
        (late) =>
          admitted(
            late.map((ms, i) => i * 17 + ms),
            60,
          ) === late.length,
      ),
    );
  });

  it('lets no more in than the limit, and two', () => {
    const gaps = fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(gaps, (each) => {
        let nowMs = 0;
        const times = each.map((gap) => (nowMs += gap));
        return admitted(times, 60) <= 2 + ((nowMs - (times[0] ?? 0)) * 60) / 1000 + 1e-6;
      }),
    );
  });

  it('takes every third frame or so of a camera at 200 a second', () => {
    const count = admitted(
      Array.from({ length: 2000 }, (_, i) => i * 5),
      60,
    );
    expect(count).toBeGreaterThan(595);
    expect(count).toBeLessThan(605);
  });
});
