import { describe, expect, it } from 'vitest';
import { behindRecords, stepBetween } from './clock.ts';

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

describe('a clock at start', () => {
  it('is told of when it stands before the newest record', () => {
    expect(behindRecords(null, 5)).toBeNull();
    expect(behindRecords(5_000_000, 5_000_000)).toBeNull();
    expect(behindRecords(5_000_000 + 3_900_000, 5_000_000)).toBe(
      'The clock of this station stands 1 h 5 min before its newest record.',
    );
    expect(behindRecords(5_040_000, 5_000_000)).toContain('40.0 s');
  });
});
