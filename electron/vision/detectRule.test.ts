import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recipe } from '../config/recipe.ts';
import { type DetectionRule, findParts, markSquares } from './detectRule.ts';

const band = { columns: 160, rows: 30, stepPx: 8 };
const { columns, rows, stepPx } = band;
const { detection: rule } = recipe.parse({
  name: 'any',
  format: 2,
  product: 'Any',
  model: '.',
  gate: { distanceCounts: 1, actuatorMs: 0 },
});

/** A part: squares from `left`, so many wide; `top` and `height` likewise. */
interface Block {
  left: number;
  width: number;
  top?: number;
  height?: number;
}
/** A belt of one level that darkens to the right, with parts of another level on it. */
const gridOf = (belt: number, part: number, blocks: readonly Block[]): Uint8Array => {
  const levels = new Uint8Array(columns * rows);
  for (let i = 0; i < levels.length; i++) levels[i] = belt - Math.floor((i % columns) / 40);
  for (const { left, width, top = 8, height = 14 } of blocks)
    for (let y = top; y < top + height; y++) levels.fill(part, y * columns + left, y * columns + left + width);
  return levels;
};
const centres = (levels: Uint8Array, change: Partial<DetectionRule> = {}): number[] => {
  const marks = new Uint8Array(levels.length);
  markSquares(levels, band, { ...rule, ...change }, marks);
  return findParts(marks, band, { ...rule, ...change }).map(({ centrePx }) => centrePx);
};

describe('finding parts', () => {
  it('finds every part that is wholly in view, from left to right, on a belt of any colour', () => {
    const belts = fc.constantFrom([200, 60], [60, 200], [120, 150]);
    const gaps = fc.array(fc.integer({ min: 9, max: 40 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(belts, gaps, ([belt = 0, part = 0], each) => {
        let at = 2;
        const blocks = each.map((gap) => {
          const left = at + gap;
          at = left + 10;
          return { left, width: 10 };
        });
        const inView = blocks.filter(({ left, width }) => left + width < columns - 2);
        expect(centres(gridOf(belt, part, inView))).toEqual(inView.map(({ left, width }) => (left + width / 2) * stepPx));
      }),
    );
  });

  it('finds nothing on an empty belt, at whatever light, nor in what is too small for a part', () => {
    expect(centres(gridOf(130, 0, []))).toEqual([]);
    expect(centres(gridOf(130, 20, [{ left: 50, width: 2 }]))).toEqual([]);
    expect(centres(gridOf(130, 20, [{ left: 50, width: 20, top: 12, height: 2 }]))).toEqual([]);
  });

  it.each([0, 1, 148, 150])('leaves out a part that may go on beyond the frame, at column %i', (left) => {
    expect(centres(gridOf(60, 200, [{ left, width: 10 }]))).toEqual([]);
  });

  it('is not drawn aside by a hair that hangs over the edge of a part', () => {
    const hair = { left: 60, width: 12, top: 14, height: 1 };
    expect(centres(gridOf(200, 60, [{ left: 50, width: 10 }, hair]))).toEqual([440]);
  });

  it('takes for one what is nearer than parts can be', () => {
    const two = gridOf(60, 200, [
      { left: 50, width: 10 },
      { left: 64, width: 10 },
    ]);
    expect(centres(two)).toEqual([496]);
    expect(centres(two, { find: 'bright', level: 128, leastGapPx: 24 })).toEqual([440, 552]);
    expect(centres(two, { find: 'bright', level: 128, leastGapPx: 40 })).toEqual([496]);
  });

  it('finds by level what has no edge at the height that is looked at', () => {
    const dark = gridOf(200, 40, [{ left: 50, width: 10, top: 0, height: rows }]);
    expect(centres(dark, { find: 'dark', level: 90 })).toEqual([440]);
    expect(centres(dark, { find: 'bright', level: 250 })).toEqual([]);
  });
});
