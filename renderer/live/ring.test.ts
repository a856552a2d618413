import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRing, perSecond } from './ring.ts';

describe('ring', () => {
  it('keeps the last values, oldest first', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true })), fc.integer({ min: 1, max: 9 }), (values, size) => {
        const ring = createRing(size);
        for (const value of values) ring.push(value);
        expect(Array.from({ length: ring.length }, (_, index) => ring.at(index))).toEqual(values.slice(-size));
      }),
    );
  });

  it('is empty after it was cleared', () => {
    const ring = createRing(3);
    ring.push(1);
    ring.clear();
    expect(ring.length).toBe(0);
  });
});

describe('perSecond', () => {
  const at12Fps = () => {
    const ring = createRing(24);
    for (let n = 0; n < 30; n += 1) ring.push(n * (1000 / 12));
    return ring;
  };

  it('tells the rate', () => expect(perSecond(at12Fps(), 29 * (1000 / 12))).toBeCloseTo(12, 5));

  it('falls when nothing comes any more', () => {
    const ring = at12Fps();
    expect(perSecond(ring, 29 * (1000 / 12) + 10_000)).toBeLessThan(3);
  });

  it('knows nothing before the second one', () => expect(perSecond(createRing(4), 100)).toBe(0));
});
