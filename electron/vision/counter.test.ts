import { describe, expect, it } from 'vitest';
import { countFrame } from './counter.ts';

const stamp = (sequence: number) => ({ sequence, encoder: 0, exposedAtMs: 0 });

describe('countFrame', () => {
  it('counts by itself where the camera does not', () => {
    expect(countFrame(null, null)).toEqual({ sequence: 1, missedBefore: 0 });
    expect(countFrame(7, null)).toEqual({ sequence: 8, missedBefore: 0 });
  });

  it('finds the frames that are missing by the camera’s counter', () => {
    expect(countFrame(7, stamp(8))).toEqual({ sequence: 8, missedBefore: 0 });
    expect(countFrame(7, stamp(11))).toEqual({ sequence: 11, missedBefore: 3 });
  });

  it('claims nothing when the camera was started again', () => {
    expect(countFrame(7000, stamp(3))).toEqual({ sequence: 3, missedBefore: 0 });
    expect(countFrame(null, stamp(500))).toEqual({ sequence: 500, missedBefore: 0 });
  });
});
