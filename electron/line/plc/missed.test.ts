import { describe, expect, it } from 'vitest';
import { missedTriggers } from './missed.ts';

describe('missed triggers', () => {
  it.each([
    ['the next one', 7, 8, false, 0],
    ['two were never heard', 7, 10, false, 2],
    ['over the end of the counter', 2 ** 32 - 1, 1, false, 1],
    ['before anything was heard', null, 500, true, 0],
    ['nothing happened while we were away', 7, 7, true, 0],
    ['three happened while we were away', 7, 10, true, 3],
    ['the PLC counts anew', 5000, 1, true, 0],
  ])('%s', (...[, last, now, first, missed]) => {
    expect(missedTriggers(last, now, first)).toBe(missed);
  });
});
