import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from './prng.ts';

const row = (...keys: number[]): number[] => {
  const random = randomOf(...keys);
  return Array.from({ length: 20 }, () => random.next());
};
const key = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe('random numbers', () => {
  it('are the same for the same keys, and others for others', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(row(a, b)).toEqual(row(a, b));
        expect(row(a, b)).not.toEqual(row(a, b ^ 1));
        if (a !== b) expect(row(a, b)).not.toEqual(row(b, a));
      }),
    );
  });

  it('stay what they are from version to version: pictures depend on them', () => {
    const random = randomOf(7, 3);
    expect([random.int(1e6), random.int(1e6), random.int(1e6)]).toMatchInlineSnapshot(`
      [
        714508,
        639841,
        820028,
      ]
    `);
  });

  it('are spread evenly, and normally where asked for', () => {
    const random = randomOf(1);
    const uniform = Array.from({ length: 20_000 }, () => random.between(2, 4));
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...uniform)).toBeLessThan(4);
    expect(mean(uniform)).toBeCloseTo(3, 1);
    const normal = Array.from({ length: 20_000 }, () => random.gauss());
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((x) => x * x))).toBeCloseTo(1, 1);
  });
});

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
