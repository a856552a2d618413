import { describe, expect, it } from 'vitest';
import { dueMs, type Expecting, expectFrame, expectNothing, frameCame, isSilent, overdueFor } from './silence.ts';

const triggeredAt = (...times: number[]): Expecting => {
  const expecting: Expecting = { dueSinceMs: null, dueParts: 0 };
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

describe('dueMs', () => {
  it('takes one lost frame for no standstill, however long the next part lets wait', () => {
    expect(dueMs(triggeredAt(0), 10_000)).toBeNull();
    expect(dueMs(triggeredAt(0, 10, 20), 100)).toBe(100);
  });

  it('owes nothing after a frame, or when the camera is known to be away', () => {
    const expecting = triggeredAt(0, 10, 20);
    frameCame(expecting, false, 30);
    expect(dueMs(expecting, 100)).toBeNull();
    const away = triggeredAt(0, 10, 20);
    expectNothing(away);
    expect(dueMs(away, 100)).toBeNull();
  });

  it('owes the next frame of a camera that runs freely', () => {
    const expecting = triggeredAt();
    frameCame(expecting, true, 1000);
    expect(dueMs(expecting, 1200)).toBe(200);
  });
});

describe('overdueFor', () => {
  it('counts the time that frames are overdue, but not a pause of our own', () => {
    const overdue = { forMs: 0, lookedAtMs: 0 };
    for (let nowMs = 20; nowMs <= 1000; nowMs += 20) overdueFor(overdue, true, nowMs);
    expect(overdue.forMs).toBe(1000);
    expect(overdueFor(overdue, true, 161_000)).toBe(1050);
    expect(overdueFor(overdue, false, 161_005)).toBe(0);
  });
});
