import type { Mat } from './opencv.ts';
import type { Roi } from './pixels.ts';

/** A frame, and the region of it that was scored. */
export interface Kept {
  frame: Mat;
  region: Roi;
}

/**
 * The last frames, so that `line` can ask for the picture of one after it has decided. Holds the frames themselves:
 * nothing is copied. Owns what is put into it and releases what falls out.
 */
export interface Recent {
  put(sequence: number, kept: Kept): void;
  get(sequence: number): Kept | undefined;
  clear(): void;
}

/** Keeps the newest `size` frames. */
export const openRecent = (size: number): Recent => {
  const slots: ({ sequence: number; kept: Kept } | undefined)[] = Array.from({ length: size }, () => undefined);
  let next = 0;
  return {
    put(sequence, kept) {
      slots[next]?.kept.frame.release();
      slots[next] = { sequence, kept };
      next = (next + 1) % size;
    },
    get: (sequence) => slots.find((slot) => slot?.sequence === sequence)?.kept,
    clear() {
      for (const slot of slots) slot?.kept.frame.release();
      slots.fill(undefined);
    },
  };
};
