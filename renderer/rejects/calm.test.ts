import { describe, expect, it } from 'vitest';
import { calmMs, mayRenew } from './calm.ts';

describe('the list of rejects', () => {
  it('is renewed at once after a quiet time', () => expect(mayRenew(Number.NEGATIVE_INFINITY, false, 0)).toBe(true));
  it('keeps still for a moment', () => {
    expect(mayRenew(1000, false, 1000 + calmMs - 1)).toBe(false);
    expect(mayRenew(1000, false, 1000 + calmMs)).toBe(true);
  });
  it('does not move under a finger', () => expect(mayRenew(0, true, 60_000)).toBe(false));
});
