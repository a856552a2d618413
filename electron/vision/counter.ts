import type { FrameStamp } from '../contract/stamp.ts';

export interface Counted {
  sequence: number;
  /** Frames missing between the last one and this. */
  missedBefore: number;
}

/**
 * Numbers frames: by the camera's own counter where it has one (then gaps are drops, measured), else by counting.
 * A counter that went back means that the camera was started again: nothing can be said of the gap, so none is claimed.
 */
export const countFrame = (last: number | null, stamp: FrameStamp | null): Counted => {
  if (stamp === null) return { sequence: (last ?? 0) + 1, missedBefore: 0 };
  if (last === null || stamp.sequence <= last) return { sequence: stamp.sequence, missedBefore: 0 };
  return { sequence: stamp.sequence, missedBefore: stamp.sequence - last - 1 };
};
