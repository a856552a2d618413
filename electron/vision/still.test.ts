import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noStill, takeStillAway } from './still.ts';

const columns = 160;
/** One row: dirt at its places, and parts ten squares wide every forty, moved on by `moved`. */
const marksOf = (dirt: readonly number[], moved: number): Uint8Array => {
  const marks = new Uint8Array(columns);
  for (let x = 0; x < columns; x++) if ((x + moved) % 40 < 10 || dirt.includes(x)) marks[x] = 1;
  return marks;
};

describe('what stays while the belt moves', () => {
  it('is taken away, and nothing else, after the belt has moved for a while, at any speed', () => {
    const dirt = fc.uniqueArray(fc.integer({ min: 0, max: columns - 1 }), { maxLength: 12 });
    fc.assert(
      fc.property(dirt, fc.integer({ min: 1, max: 39 }), (places, speed) => {
        // A belt that always shows its parts at the same places when it is looked at seems to stand.
        fc.pre(40 % speed !== 0 || speed < 5);
        const still = noStill(columns);
        let moved = 0;
        for (let frame = 0; frame < 1200; frame++) takeStillAway(still, marksOf(places, (moved += speed)));
        const marks = marksOf(places, moved);
        takeStillAway(still, marks);
        expect([...marks]).toEqual([...marksOf([], moved)].map((mark, x) => (places.includes(x) ? 0 : mark)));
      }),
    );
  });

  it('is not what stands on a belt that stands, however long and noisily', () => {
    const still = noStill(columns);
    for (let frame = 0; frame < 20_000; frame++) {
      const marks = marksOf([], 7);
      // A square on the verge of its level, now marked, now not.
      marks[60] = frame % 2;
      takeStillAway(still, marks);
    }
    const marks = marksOf([], 7);
    takeStillAway(still, marks);
    expect(marks).toEqual(marksOf([], 7));
  });
});
