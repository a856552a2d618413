import type { Rgb } from '../part.ts';

/** Red, green, blue and coverage, 8 bits each, row by row. Colour is not multiplied by coverage. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** An empty (transparent) picture. */
export const createPicture = (width: number, height: number): Picture => ({
  width,
  height,
  data: new Uint8ClampedArray(width * height * 4),
});

/** The same, in memory that is used again: `store` holds at least `width * height * 4` bytes. */
export const clearPicture = (store: Uint8ClampedArray, width: number, height: number): Picture => {
  const data = store.subarray(0, width * height * 4);
  data.fill(0);
  return { width, height, data };
};

/** Limits `value` to 0…1. */
export const unit = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value);

/** 0 below `from`, 1 above `to`, smooth between. */
export const smooth = (from: number, to: number, value: number): number => {
  const t = unit((value - from) / (to - from));
  return t * t * (3 - 2 * t);
};

/** Mixes `colour` into the pixel that starts at byte `at`; its coverage stays. */
export const mixInto = (data: Uint8ClampedArray, at: number, colour: Rgb, amount: number): void => {
  const keep = 1 - amount;
  data[at] = (data[at] as number) * keep + colour[0] * amount;
  data[at + 1] = (data[at + 1] as number) * keep + colour[1] * amount;
  data[at + 2] = (data[at + 2] as number) * keep + colour[2] * amount;
};

/** Mixes `colour` over the pixel that starts at byte `at`, which may be transparent so far. */
export const paintOver = (data: Uint8ClampedArray, at: number, colour: Rgb, amount: number): void => {
  if (data[at + 3] === 255) return mixInto(data, at, colour, amount);
  const under = (data[at + 3] as number) / 255;
  const total = amount + under * (1 - amount);
  if (total === 0) return;
  mixInto(data, at, colour, amount / total);
  data[at + 3] = total * 255;
};

/** Signed distance of (x, y) to a rounded box around the origin: negative inside. (Quilez, "2D distance functions") */
export const roundedBox = (x: number, y: number, box: { halfWidth: number; halfHeight: number; radius: number }): number => {
  const qx = Math.abs(x) - box.halfWidth + box.radius;
  const qy = Math.abs(y) - box.halfHeight + box.radius;
  if (qx <= 0 || qy <= 0) return Math.max(qx, qy) - box.radius;
  return Math.sqrt(qx * qx + qy * qy) - box.radius;
};
