import { unit } from './picture.ts';

export interface Point {
  x: number;
  y: number;
  /** Half the stroke's width here, pixels. */
  half: number;
}

/**
 * Where a drawn line covers pixels: coverage 0…1 of a `width` × `height` field, and the box that is touched.
 * One mask is used again and again; `clear` costs only the box.
 */
export interface Mask {
  width: number;
  height: number;
  coverage: Float32Array;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** An empty mask, pixels. */
export const createMask = (width: number, height: number): Mask => ({
  width,
  height,
  coverage: new Float32Array(width * height),
  left: width,
  top: height,
  right: 0,
  bottom: 0,
});

/** Makes the mask empty again. */
export const clearMask = (mask: Mask): void => {
  for (let y = mask.top; y < mask.bottom; y++) mask.coverage.fill(0, y * mask.width + mask.left, y * mask.width + mask.right);
  Object.assign(mask, { left: mask.width, top: mask.height, right: 0, bottom: 0 });
};

/** Adds a line through `points`, its edges `soft` pixels wide. Where it crosses itself it is not darker. */
export const strokeMask = (mask: Mask, points: readonly Point[], soft: number): void => {
  for (let i = 1; i < points.length; i++) capsule(mask, points[i - 1] as Point, points[i] as Point, soft);
};

const capsule = (mask: Mask, from: Point, to: Point, soft: number): void => {
  const reach = Math.max(from.half, to.half) + soft;
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const right = Math.min(mask.width, Math.ceil(Math.max(from.x, to.x) + reach) + 1);
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const bottom = Math.min(mask.height, Math.ceil(Math.max(from.y, to.y) + reach) + 1);
  if (left >= right || top >= bottom) return;
  mask.left = Math.min(mask.left, left);
  mask.right = Math.max(mask.right, right);
  mask.top = Math.min(mask.top, top);
  mask.bottom = Math.max(mask.bottom, bottom);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy || 1;
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const t = unit(((x - from.x) * dx + (y - from.y) * dy) / squared);
      const [ex, ey] = [x - from.x - t * dx, y - from.y - t * dy];
      const half = from.half + (to.half - from.half) * t;
      const covered = unit((half - Math.sqrt(ex * ex + ey * ey)) / soft + 0.5);
      const at = y * mask.width + x;
      if (covered > (mask.coverage[at] as number)) mask.coverage[at] = covered;
    }
};
