import { describe, expect, it } from 'vitest';
import { isFullCheckDue } from './check.ts';

const hour = 3_600_000;
const now = 1_790_000_000_000;

describe('the full check', () => {
  it.each<[string, number | null, number | null, boolean]>([
    ['never done, line at rest', null, now - hour, true],
    ['never done, line at work', null, now - 1000, false],
    ['never done, nothing kept yet', null, null, true],
    ['done yesterday, line at rest', now - 21 * hour, now - hour, true],
    ['done today, line at rest', now - 19 * hour, now - hour, false],
    ['done yesterday, line at work', now - 21 * hour, now - 1000, false],
    ['done a week ago, line at work', now - 169 * hour, now - 1000, true],
    ['done in the future: the clock went back', now + hour, now - hour, true],
  ])('%s', (_when, lastCheckMs, lastRecordMs, expected) => {
    expect(isFullCheckDue({ lastCheckMs, lastRecordMs }, now)).toBe(expected);
  });
});
