import { describe, expect, it } from 'vitest';
import { stepBetween } from './clock.ts';

describe('a step of the clock', () => {
  it.each([
    ['one second later', 1000, null],
    ['the same after a pause of the process', 60_000, null, 60_000],
    ['an hour back', 1000 - 3_600_000, -3_600_000],
    ['an hour ahead', 1000 + 3_600_000, 3_600_000],
    ['a time server at work', 1200, null],
  ])('%s', (_what, wallMs, expected, monoMs = 1000) => {
    expect(stepBetween({ wallMs: 5000, monoMs: 70 }, { wallMs: 5000 + wallMs, monoMs: 70 + monoMs })).toBe(expected);
  });
});
