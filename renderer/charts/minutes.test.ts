import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stackMinutes } from './minutes.ts';

const minuteMs = 60_000;

describe('minutes of the trend', () => {
  it('puts every point in its minute and leaves the others empty', () => {
    const now = 100 * minuteMs + 5;
    const point = { minuteMs: 98 * minuteMs, ok: 10, nok: 3, unsure: 2, error: 1 };
    const { minute, error, unsure, nok, ok } = stackMinutes([point], now, 4);
    expect(minute).toEqual([-3, -2, -1, 0]);
    expect([error, unsure, nok, ok].map((column) => column[1])).toEqual([1, 3, 6, 16]);
    expect(ok).toEqual([0, 16, 0, 0]);
  });

  it('loses no part of the window, and takes none from outside', () => {
    const part = fc.record({
      at: fc.integer({ min: 0, max: 200 }),
      ok: fc.nat(99),
      nok: fc.nat(99),
      unsure: fc.nat(99),
      error: fc.nat(99),
    });
    fc.assert(
      fc.property(fc.uniqueArray(part, { selector: ({ at }) => at }), fc.integer({ min: 1, max: 90 }), (parts, count) => {
        const points = parts.map(({ at, ...counts }) => ({ minuteMs: at * minuteMs, ...counts }));
        const { ok } = stackMinutes(points, 150 * minuteMs, count);
        const inside = parts.filter(({ at }) => at <= 150 && at > 150 - count);
        const sum = inside.reduce((total, each) => total + each.ok + each.nok + each.unsure + each.error, 0);
        expect(ok.reduce((total, each) => total + each, 0)).toBe(sum);
        expect(ok).toHaveLength(count);
      }),
    );
  });
});
