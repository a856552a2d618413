import type { Mat } from './opencv.ts';

/**
 * The last frames, so that `line` can ask for the picture of one after it has decided. Holds the frames themselves:
 * nothing is copied. Owns what is put into it and releases what falls out.
 */
export interface Recent {
  put(sequence: number, frame: Mat): void;
  get(sequence: number): Mat | undefined;
  clear(): void;
}

/** Keeps the newest `size` frames. */
export const openRecent = (size: number): Recent => {
  const slots: ({ sequence: number; frame: Mat } | undefined)[] = Array.from({ length: size }, () => undefined);
  let next = 0;
  return {
    put(sequence, frame) {
      slots[next]?.frame.release();
      slots[next] = { sequence, frame };
      next = (next + 1) % size;
    },
    get: (sequence) => slots.find((slot) => slot?.sequence === sequence)?.frame,
    clear() {
      for (const slot of slots) slot?.frame.release();
      slots.fill(undefined);
    },
  };
};
