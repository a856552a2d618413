import { describe, expect, it } from 'vitest';
import { type Expecting, expectFrame, frameCame, isSilent } from './silence.ts';

const triggeredAt = (...times: number[]): Expecting => {
  const expecting: Expecting = { dueSinceMs: null };
  for (const time of times) expectFrame(expecting, time);
  return expecting;
};

describe('isSilent', () => {
  it('asks nothing of a camera while the belt stands', () => {
    const expecting = triggeredAt(0);
    expect(isSilent({ dueSinceMs: null }, 90, 1e9)).toBe(false);
    frameCame(expecting, false, 10);
    expect(isSilent(expecting, 90, 1e9)).toBe(false);
  });

  it('counts from the first part that no frame has answered, whatever comes after it', () => {
    const expecting = triggeredAt(0, 50, 89);
    expect(isSilent(expecting, 90, 90)).toBe(false);
    expect(isSilent(expecting, 90, 91)).toBe(true);
  });

  it('always expects the next frame of a camera that runs freely', () => {
    const expecting = triggeredAt();
    frameCame(expecting, true, 1000);
    expect(isSilent(expecting, 90, 1091)).toBe(true);
  });
});
