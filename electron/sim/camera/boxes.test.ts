import { describe, expect, it } from 'vitest';
import { boxesText, defectBoxes } from './boxes.ts';

const width = 40;
const picture = (points: [number, number][]): Uint8Array => {
  const bytes = new Uint8Array(width * width).fill(100);
  for (const [x, y] of points) bytes[y * width + x] = 200;
  return bytes;
};
const square = (x: number, y: number): [number, number][] => [
  [x, y],
  [x + 1, y],
  [x, y + 1],
  [x + 1, y + 1],
];

describe('defectBoxes', () => {
  it('finds nothing where two pictures hardly differ', () => {
    const noisy = picture([]).map((value, at) => value + (at % 20));
    expect(defectBoxes(picture([]), noisy, width, width)).toEqual([]);
    expect(defectBoxes(picture([[3, 3]]), picture([]), width, width)).toEqual([]);
  });

  it('draws a tight box around a defect, and one in each tile that it crosses', () => {
    expect(defectBoxes(picture(square(4, 6)), picture([]), width, width)).toEqual([{ x0: 4, y0: 6, x1: 6, y1: 8 }]);
    const two = defectBoxes(picture([...square(2, 2), ...square(36, 37)]), picture([]), width, width);
    expect(boxesText(two)).toBe('2 2 4 4;36 37 38 39');
  });
});
