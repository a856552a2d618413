import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlineOf, encoderDistance } from './schedule.ts';

const trigger = { triggerSeq: 1, partId: 1, encoder: 1000, receivedAtMs: 5000 };
const gate = { distanceCounts: 4000, actuatorMs: 20 };

describe('encoderDistance', () => {
  it('is what was added, across the wrap and backwards', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: -1e6, max: 1e6 }), (from, by) => {
        expect(encoderDistance(from, (from + by + 2 ** 32) % 2 ** 32)).toBe(by);
      }),
    );
  });
});

describe('deadlineOf', () => {
  it('takes the actuator’s time off the way to the gate', () => {
    // 10,000 counts a second: 20 ms are 200 counts; 3,800 counts are left, which take 380 ms.
    expect(deadlineOf(trigger, { countsPerSecond: 10_000, running: true }, gate)).toEqual({ encoder: 4800, atMs: 5380 });
  });

  it('has no end in time while the belt stands', () => {
    expect(deadlineOf(trigger, { countsPerSecond: 0, running: false }, gate)).toEqual({
      encoder: 5000,
      atMs: Number.POSITIVE_INFINITY,
    });
  });

  it('is at once when the part is nearer to the gate than the actuator is quick', () => {
    expect(deadlineOf(trigger, { countsPerSecond: 1e6, running: true }, gate)).toEqual({ encoder: 1000, atMs: 5000 });
  });
});
