import type { Knobs } from './knobs.ts';

/** Frames that are still to be disturbed, by how. Only the first that is not 0 works, in this order. */
export type Disturbance = Pick<Knobs, 'lose' | 'torn' | 'twice' | 'swap'>;

/** What goes out instead of one frame, in order, and what is kept back until the next. */
export interface Out<T> {
  send: { frame: T; torn: boolean }[];
  kept: T | null;
}

/** What becomes of `frame` when `kept` was held back before it. Counts the disturbance down. // faults #7, #8 */
export const disturb = <T>(left: Disturbance, kept: T | null, frame: T): Out<T> => {
  const whole = (each: T) => ({ frame: each, torn: false });
  if (kept !== null) return { send: [whole(frame), whole(kept)], kept: null };
  const kind = (['lose', 'torn', 'twice', 'swap'] as const).find((each) => left[each] > 0);
  if (kind === undefined) return { send: [whole(frame)], kept: null };
  left[kind] -= 1;
  switch (kind) {
    case 'lose':
      return { send: [], kept: null };
    case 'torn':
      return { send: [{ frame, torn: true }], kept: null };
    case 'twice':
      return { send: [whole(frame), whole(frame)], kept: null };
    case 'swap':
      return { send: [], kept: frame };
  }
};
