import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shiftOf, startOf } from './numbering.ts';

const last = fc.integer({ min: 0, max: 2 ** 40 });

describe('numbering', () => {
  it('goes on after what is on disk when that is known', () => {
    expect(startOf(41, 0)).toEqual({ from: 41, gap: 0 });
    expect(startOf(41, 40)).toEqual({ from: 41, gap: 0 });
    expect(startOf(41, 45)).toEqual({ from: 10_045, gap: 10_000 });
  });

  it('needs no correction when it began with what is on disk', () => {
    fc.assert(fc.property(last, last, (onDisk, heard) => shiftOf(startOf(onDisk, heard), onDisk) === 0));
  });

  it('gives no number twice, whenever records answers and whatever it has', () => {
    fc.assert(
      fc.property(last, last, (onDisk, heard) => {
        const start = startOf(null, heard);
        const first = start.from + 1 + shiftOf(start, onDisk);
        expect(first).toBeGreaterThan(onDisk);
        expect(first).toBeGreaterThan(heard);
        // What the process before had in memory is lost with it: that must show as a gap.
        if (heard > 0) expect(first).toBeGreaterThan(onDisk + 1);
      }),
    );
  });

  it('leaves no gap at a cold start that went ahead of records', () => {
    fc.assert(fc.property(last, (onDisk) => shiftOf(startOf(null, 0), onDisk) === onDisk));
  });
});
