import { createMask, type Mask, type Point, strokeMask } from './stroke.ts';

/** Size of a digit in the atlas, pixels; it is scaled down when it is printed. */
export const glyphWidth = 48;
export const glyphHeight = 72;

type Line = readonly (readonly [number, number])[];

/** An arc of an ellipse as a line; degrees, clockwise from the right because y runs down. */
const arc = ([cx, cy]: [number, number], [rx, ry]: [number, number], [from, to]: [number, number]): Line =>
  Array.from({ length: 15 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / 14) * Math.PI) / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)] as const;
  });

// Each digit in a box 1 wide and 2 high, in the manner of ISO 3098 lettering.
const digits: Record<string, Line[]> = {
  '0': [arc([0.5, 1], [0.5, 1], [0, 360])],
  '1': [
    [
      [0.16, 0.36],
      [0.56, 0],
      [0.56, 2],
    ],
  ],
  '2': [[...arc([0.5, 0.53], [0.48, 0.53], [-180, 30]), [0, 2], [1, 2]]],
  '3': [[...arc([0.48, 0.5], [0.44, 0.5], [-160, 90]), ...arc([0.46, 1.48], [0.52, 0.52], [-90, 160])]],
  '4': [
    [
      [0.72, 2],
      [0.72, 0],
      [0, 1.4],
      [1, 1.4],
    ],
  ],
  '5': [[[0.9, 0], [0.14, 0], [0.08, 0.9], ...arc([0.46, 1.36], [0.52, 0.64], [-130, 155])]],
  '6': [[[0.78, 0], [0.3, 0.72], ...arc([0.5, 1.4], [0.49, 0.6], [200, -160])]],
  '7': [
    [
      [0, 0],
      [1, 0],
      [0.36, 2],
    ],
  ],
  '8': [arc([0.5, 0.48], [0.42, 0.48], [90, 450]), arc([0.5, 1.46], [0.5, 0.54], [-90, 270])],
  '9': [[...arc([0.5, 0.6], [0.49, 0.6], [20, 380]), [0.7, 1.28], [0.22, 2]]],
};

/** Coverage of each digit. */
export const createGlyphs = (): ReadonlyMap<string, Mask> =>
  new Map(
    Object.entries(digits).map(([digit, lines]) => {
      const mask = createMask(glyphWidth, glyphHeight);
      const place = ([x, y]: readonly [number, number]): Point => ({ x: 7 + x * 33, y: 7 + y * 28.5, half: 4.6 });
      for (const line of lines) strokeMask(mask, line.map(place), 1.6);
      return [digit, mask];
    }),
  );

/** Coverage at a place between pixels; 0 outside. */
export const glyphAt = (glyph: Mask, x: number, y: number): number => {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  if (x0 < 0 || y0 < 0 || x0 >= glyphWidth - 1 || y0 >= glyphHeight - 1) return 0;
  const [fx, fy, at] = [x - x0, y - y0, y0 * glyphWidth + x0];
  const c = glyph.coverage;
  const upper = (c[at] as number) * (1 - fx) + (c[at + 1] as number) * fx;
  const lower = (c[at + glyphWidth] as number) * (1 - fx) + (c[at + glyphWidth + 1] as number) * fx;
  return upper * (1 - fy) + lower * fy;
};
