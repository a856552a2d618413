import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hearBelt, type HeardBelt, unheardBelt } from './reading.ts';
import { encoderAt } from './schedule.ts';

const running = (encoder: number, nowMs: number): HeardBelt => {
  const told = hearBelt(hearBelt(unheardBelt(), { countsPerSecond: 10_000 }, nowMs), { running: true }, nowMs);
  return hearBelt(told, { encoder }, nowMs);
};

describe('where the belt is, by what the PLC tells', () => {
  it('is never further off than the quickest of the last readings was late', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 40 });
    fc.assert(
      fc.property(delays, (each) => {
        let belt = unheardBelt();
        each.forEach((delayMs, index) => {
          const readMs = index * 20;
          // Read at a belt of 10 counts a millisecond, heard later.
          const heardMs = readMs + delayMs;
          belt = index === 0 ? running(0, heardMs) : hearBelt(belt, { encoder: readMs * 10 }, heardMs);
          const quickest = Math.min(...each.slice(Math.max(0, index - 11), index + 1));
          const behind = heardMs * 10 - (encoderAt(belt, heardMs) as number);
          expect(behind).toBeGreaterThanOrEqual(0);
          expect(behind).toBeLessThanOrEqual(Math.max(quickest, delayMs) * 10);
          if (index < 12) expect(behind).toBe(Math.min(...each.slice(0, index + 1)) * 10);
        });
      }),
    );
  });

  it('goes on from where it is when speed or running change, without a jump', () => {
    const slow = hearBelt(running(1000, 0), { countsPerSecond: 5000 }, 100);
    expect(encoderAt(slow, 100)).toBe(2000);
    expect(encoderAt(slow, 200)).toBe(2500);
    const stands = hearBelt(slow, { running: false }, 200);
    expect(encoderAt(stands, 9000)).toBe(2500);
    expect(encoderAt(hearBelt(stands, { encoder: 2480 }, 220), 9000)).toBe(2480);
  });

  it('believes a reading that is far from what was expected', () => {
    expect(encoderAt(hearBelt(running(1000, 0), { encoder: 800 }, 20), 20)).toBe(800);
    expect(encoderAt(hearBelt(running(1000, 0), { encoder: 7000 }, 20), 20)).toBe(7000);
  });
});
