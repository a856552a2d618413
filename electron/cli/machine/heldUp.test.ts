import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { watchHeldUp } from './heldUp.ts';

describe('watchHeldUp', () => {
  it('counts every sleep of every processor since the last reset, and leaves nothing running', { timeout: 30_000 }, async () => {
    const machine = await watchHeldUp();
    try {
      await sleep(300);
      const { count, p50, p99, max } = await machine.figures();
      expect(count).toBeGreaterThan(10);
      expect([p50, p99, max]).toEqual([p50, p99, max].toSorted((a, b) => a - b));
      machine.reset();
      expect((await machine.figures()).count).toBeLessThan(count);
    } finally {
      await machine.stop();
    }
    await expect(machine.figures()).rejects.toThrow(/.+/);
  });
});
