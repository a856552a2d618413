import { type Size, sizes, type Tape } from '../part.ts';
import { randomOf } from '../prng.ts';
import { fall, hump } from './curve.ts';
import { createPicture, paintOver, type Picture, roundedBox, smooth, unit } from './picture.ts';
import { patchHeight, patchWidth } from './tape.ts';
import { texel, type Textures } from './texture.ts';

/** The pocket for parts of `size`: its floor, walls and shadow; one of several, by `variant`. The tape around it is left out. */
export const drawPocket = (tape: Tape, size: Size, variant: number, textures: Textures): Picture => {
  const patch = createPicture(patchWidth, patchHeight);
  const random = randomOf(77, variant, size === '0603' ? 1 : 2);
  const { length, width } = sizes[size];
  const radius = tape === 'plastic' ? 15 : 5;
  const box = { halfWidth: width / 2 + 13, halfHeight: length / 2 + 13, radius };
  const [u, v] = [random.int(256), random.int(256)];
  const at = tape === 'plastic' ? embossed(textures, size) : punched(tape, textures);
  for (let row = 0, index = 0; row < patchHeight; row++)
    for (let column = 0; column < patchWidth; column++, index += 4) {
      const [x, y] = [column - patchWidth / 2 + 0.5, row - patchHeight / 2 + 0.5];
      const ragged = tape === 'plastic' ? 0 : texel(textures.cloud, (column + u) * 3, (row + v) * 3) * 0.6;
      const inside = -roundedBox(x, y, box) + ragged;
      if (inside < -9) continue;
      at({ x, y, u: column + u, v: row + v, inside, box }, patch.data, index);
    }
  return patch;
};

interface Spot {
  x: number;
  y: number;
  u: number;
  v: number;
  /** Pixels inside the pocket's rim; negative outside. */
  inside: number;
  box: { halfWidth: number; halfHeight: number };
}
type PocketPaint = (spot: Spot, data: Uint8ClampedArray, index: number) => void;

/** How much the nearest wall of the pocket faces the light from the upper left, -1 … 1. */
const facing = ({ x, y, box }: Spot): number => {
  const [toSide, toEnd] = [box.halfWidth - Math.abs(x), box.halfHeight - Math.abs(y)];
  const side = unit(0.5 + (toEnd - toSide) / 16);
  return Math.sign(x) * side + Math.sign(y) * (1 - side);
};

/** Shadow that the walls throw on the floor: the light comes from the upper left, so it lies there. 0…1. */
const wallShadow = ({ x, y, box }: Spot, deep: number): number => {
  const fromLeft = x + box.halfWidth;
  const fromTop = y + box.halfHeight;
  const away = Math.min(box.halfWidth - x, box.halfHeight - y);
  return Math.min(0.86, 0.58 * hump(Math.max(0, Math.min(fromLeft * 1.1, fromTop)) / deep) + 0.3 * fall(away / (deep * 0.5)));
};

/** Paper: a punched hole, closed below by a thin cover tape through which the machine's bed is seen. */
const punched =
  (tape: Tape, { cloud, felt, grain }: Textures): PocketPaint =>
  (spot, data, index) => {
    const { inside, u, v } = spot;
    const warm = tape === 'cream' ? 12 : 4;
    if (inside < 0.5) {
      const fuzz = unit(1 + inside / 4.5) * (0.15 + 0.09 * texel(felt, u * 2, v * 2));
      const tone = 96 + 158 * smooth(0.5, -0.5, facing(spot));
      paintOver(data, index, [tone, tone * 0.98, tone * 0.93], fuzz);
    }
    if (inside <= -0.5) return;
    const floor = 144 + texel(cloud, u, v) * 5 + texel(felt, u, v >> 1) * 4 + texel(grain, u, v) * 3;
    const dark = 1 - wallShadow(spot, 17);
    const lit = 66 * smooth(-0.1, 0.8, facing(spot)) * hump((inside - 2.2) / 2);
    const value = floor * dark + lit;
    paintOver(data, index, [value + warm, value + warm * 0.4, value - warm], unit(inside + 0.5));
  };

/** Embossed plastic: rounded rim, sloping walls, glossy floor with the small hole of the mould. */
const embossed =
  ({ cloud, streaks, grain }: Textures, size: Size): PocketPaint =>
  (spot, data, index) => {
    const { inside, x, y, u, v } = spot;
    const towards = facing(spot);
    if (inside < 1.5) {
      const rim = hump(inside / 2.6) * 0.5;
      const tone = 26 + 104 * smooth(-0.5, 0.6, towards);
      paintOver(data, index, [tone, tone, tone + 4], rim);
    }
    if (inside <= -0.5) return;
    const wall = 1 - smooth(7, 10, inside);
    const floor =
      45 +
      texel(cloud, u >> 1, v >> 1) * 4 +
      texel(streaks, v, u) * 2 +
      texel(grain, u, v) * 3 +
      12 * hump((x - y * 0.4 + 8) / 20);
    const shaded = floor * (1 - 0.75 * wallShadow(spot, 15));
    const slope = 46 + 52 * smooth(-0.2, 0.9, towards) - 30 * smooth(0.2, -0.9, towards) + texel(grain, u, v) * 3;
    const hole = size === '0805' ? 30 : 19;
    const inHole = hole - Math.sqrt(x * x + y * y);
    let value = shaded + (slope - shaded) * wall;
    value += (12 - value) * unit(inHole + 0.5) + 58 * hump((inHole + 1) / 1.5) * unit(0.5 + (x + y) / (2 * hole));
    paintOver(data, index, [value, value, value * 1.05], unit(inside + 0.5));
  };
