import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifeStage, newLife } from './certificateLife.ts';

const dayMs = 24 * 3600 * 1000;
const life = { fromMs: 0, untilMs: 1000 * dayMs };

describe('the life of a certificate', () => {
  it.each([
    [-1, 'not-yet'],
    [0, 'in-time'],
    [940 * dayMs - 1, 'in-time'],
    [940 * dayMs, 60],
    [970 * dayMs - 1, 60],
    [970 * dayMs, 30],
    [993 * dayMs - 1, 30],
    [993 * dayMs, 7],
    [1000 * dayMs - 1, 7],
    [1000 * dayMs, 'expired'],
    [1000 * dayMs + 11 * 365 * dayMs, 'expired'],
  ] as const)('is at %i: %s', (nowMs, stage) => expect(lifeStage(life, nowMs)).toBe(stage));

  it('never goes back while time goes on', () => {
    const order = ['not-yet', 'in-time', 60, 30, 7, 'expired'];
    const times = fc.integer({ min: -dayMs, max: 1200 * dayMs });
    fc.assert(
      fc.property(times, fc.nat(), (nowMs, laterMs) => {
        expect(order.indexOf(lifeStage(life, nowMs + laterMs))).toBeGreaterThanOrEqual(order.indexOf(lifeStage(life, nowMs)));
      }),
    );
  });

  it('is long when we make one, and not over before it is told', () => {
    const made = newLife(0);
    expect(lifeStage(made, 0)).toBe('in-time');
    expect(lifeStage(made, made.untilMs - 60 * dayMs)).toBe(60);
  });
});
