import type { FrameStamp } from '../contract/stamp.ts';

export interface Counted {
  /** `again` and `late` frames were passed by: their part has been answered for. */
  order: 'next' | 'again' | 'late';
  sequence: number;
  /** Frames missing between the last one and this. */
  missedBefore: number;
}

/** So far back a counter can be in a queue that changes the order; further back, the camera was started again. */
const mostLate = 64;

/**
 * Numbers frames: by the camera's own counter where it has one (then gaps are drops, measured), else by counting. The
 * counter has 32 bits and may wrap. `opened`: the first frame after the camera was opened. A counter that went back there,
 * or far, was started anew: nothing can be said of the gap, so none is claimed. // faults #8
 */
export const countFrame = (last: number | null, stamp: FrameStamp | null, opened = false): Counted => {
  if (stamp === null) return { order: 'next', sequence: ((last ?? 0) + 1) >>> 0, missedBefore: 0 };
  const { sequence } = stamp;
  if (last === null) return { order: 'next', sequence, missedBefore: 0 };
  const steps = (sequence - last) | 0;
  if (steps > 0) return { order: 'next', sequence, missedBefore: steps - 1 };
  if (opened || steps < -mostLate) return { order: 'next', sequence, missedBefore: 0 };
  return { order: steps === 0 ? 'again' : 'late', sequence, missedBefore: 0 };
};
