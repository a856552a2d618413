import { describe, expect, it } from 'vitest';
import { disturb, type Disturbance } from './disturb.ts';

/** Frames 1 to 6 as they leave the camera; torn ones are negative. */
const sent = (turned: Partial<Disturbance>): number[] => {
  const left: Disturbance = { lose: 0, torn: 0, twice: 0, swap: 0, ...turned };
  let kept: number | null = null;
  return [1, 2, 3, 4, 5, 6].flatMap((frame) => {
    const out: ReturnType<typeof disturb<number>> = disturb(left, kept, frame);
    kept = out.kept;
    return out.send.map((each) => (each.torn ? -each.frame : each.frame));
  });
};

describe('disturb', () => {
  it.each<[Partial<Disturbance>, number[]]>([
    [{}, [1, 2, 3, 4, 5, 6]],
    [{ lose: 2 }, [3, 4, 5, 6]],
    [{ torn: 2 }, [-1, -2, 3, 4, 5, 6]],
    [{ twice: 1 }, [1, 1, 2, 3, 4, 5, 6]],
    [{ swap: 2 }, [2, 1, 4, 3, 5, 6]],
    [{ lose: 1, torn: 1 }, [-2, 3, 4, 5, 6]],
  ])('%j', (turned, expected) => expect(sent(turned)).toEqual(expected));
});
