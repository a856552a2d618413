import { describe, expect, it } from 'vitest';
import { countFrame } from './counter.ts';

const stamp = (sequence: number) => ({ sequence, encoder: 0, exposedAtMs: 0 });
const next = (sequence: number, missedBefore = 0) => ({ order: 'next', sequence, missedBefore });

describe('countFrame', () => {
  it('counts by itself where the camera does not', () => {
    expect(countFrame(null, null)).toEqual(next(1));
    expect(countFrame(7, null)).toEqual(next(8));
  });

  it('finds the frames that are missing by the camera’s counter', () => {
    expect(countFrame(7, stamp(8))).toEqual(next(8));
    expect(countFrame(7, stamp(11))).toEqual(next(11, 3));
  });

  it('goes on over the end of 32 bits', () => {
    expect(countFrame(0xffff_ffff, stamp(1))).toEqual(next(1, 1));
  });

  it('tells a frame that came twice from one that came late', () => {
    expect(countFrame(7, stamp(7)).order).toBe('again');
    expect(countFrame(7, stamp(5)).order).toBe('late');
  });

  it('claims nothing when the camera was started again', () => {
    expect(countFrame(7000, stamp(3))).toEqual(next(3));
    expect(countFrame(7, stamp(3), true)).toEqual(next(3));
    expect(countFrame(null, stamp(500))).toEqual(next(500));
  });
});
