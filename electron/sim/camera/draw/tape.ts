import type { Rgb, Tape } from '../part.ts';
import { fall, hump } from './curve.ts';
import { createPicture, mixInto, paintOver, type Picture, smooth, unit } from './picture.ts';
import { texel, type Textures } from './texture.ts';

/** Distance of two parts in the picture, pixels; even, so that the Bayer pattern of what moves stays in step. */
export const pitchPx = 420;
/** The strip repeats after this. */
export const stripWidth = 2048;
/** Rows of the frame where the tape lies, between two guide rails. */
export const tapeTop = 28;
export const tapeBottom = 656;
/** Middle of the pockets, row of the frame. */
export const pocketRow = 360;
export const sprocketRow = 104;
const sprocketRadius = 58;

/** A part's patch of the frame, around the middle of its pocket. */
export const patchWidth = 288;
export const patchHeight = 320;

const paper: Record<'white' | 'cream', Rgb> = { white: [206, 203, 197], cream: [200, 190, 169] };
const plastic: Rgb = [50, 51, 55];

/** The bare tape, `stripWidth` pixels of it, from `tapeTop` to `tapeBottom`. */
export const drawStrip = (tape: Tape, textures: Textures): Picture => {
  const strip = createPicture(stripWidth, tapeBottom - tapeTop);
  const surface = tape === 'plastic' ? plasticAt(textures) : paperAt(paper[tape], textures);
  for (let row = 0, at = 0; row < strip.height; row++) {
    const edge = Math.min(row, strip.height - 1 - row);
    const shade = -60 * fall(edge / 2) + (tape === 'plastic' ? 14 * hump((edge - 5) / 2.8) : 0);
    for (let column = 0; column < stripWidth; column++, at += 4) {
      const [red, green, blue] = surface(column, row + tapeTop);
      strip.data[at] = red + shade;
      strip.data[at + 1] = green + shade;
      strip.data[at + 2] = blue + shade;
      strip.data[at + 3] = 255;
    }
  }
  return strip;
};

/** Where the cover tape was sealed, on both sides of the pockets: 0…1. */
const seal = (y: number): number => {
  const from = Math.abs(Math.abs(y - pocketRow) - 166);
  return 1 - smooth(12, 17, from);
};

const paperAt =
  (base: Rgb, { felt, cloud, grain }: Textures) =>
  (x: number, y: number): Rgb => {
    const sealed = seal(y + texel(cloud, x * 2, 7) * 2);
    const value =
      texel(felt, x, y) * 5.5 +
      texel(cloud, x >> 1, y >> 1) * 3.5 +
      texel(grain, x, y) * 3.5 +
      sealed * (texel(cloud, x * 3, y) * 4 - 7);
    return [base[0] + value, base[1] + value, base[2] + value * 1.15];
  };

const plasticAt =
  ({ streaks, cloud, grain }: Textures) =>
  (x: number, y: number): Rgb => {
    const sealed = seal(y);
    const gloss = 15 * hump((y - 246) / 58) + 7 * hump((y - 560) / 40);
    const value =
      gloss +
      texel(streaks, x, y) * 4 +
      texel(cloud, x >> 2, y >> 1) * 2.5 +
      texel(grain, x, y) * 3 +
      sealed * (10 + texel(streaks, x + 91, y * 3) * 9);
    return [plastic[0] + value, plastic[1] + value, plastic[2] + value * 1.04];
  };

/** A sprocket hole: the dark bed of the machine below, the tape's thickness lit on one side. Its side is even. */
export const drawSprocket = (tape: Tape, { cloud, grain }: Textures): Picture => {
  const side = 2 * (sprocketRadius + 8);
  const hole = createPicture(side, side);
  const wall: Rgb = tape === 'plastic' ? [92, 93, 98] : [238, 234, 224];
  const centre = side / 2;
  const radius = sprocketRadius;
  for (let row = 0, at = 0; row < side; row++)
    for (let column = 0; column < side; column++, at += 4) {
      const [x, y] = [column - centre + 0.5, row - centre + 0.5];
      const ragged = tape === 'plastic' ? 0 : texel(cloud, column * 4, row * 4) * 0.8;
      const inside = radius - Math.sqrt(x * x + y * y) + ragged;
      const facing = (x + y) / (radius * 1.414);
      if (inside < -6) continue;
      if (inside < 0) {
        const lip = tape === 'plastic' ? 0.34 : 0.2;
        const tone = 20 + 235 * smooth(0.35, -0.35, facing);
        paintOver(hole.data, at, [tone, tone, tone * 0.98], lip * fall(-inside / 1.8));
      }
      const depth =
        24 + texel(grain, column, row) * 3 + texel(cloud, column, row) * 4 + 16 * smooth(-0.4, 1, facing) * unit(inside / 40);
      const lit = 8 * smooth(-0.25, 0.9, facing);
      const colour: Rgb = [depth, depth + 1, depth + 4];
      paintOver(hole.data, at, colour, unit(inside / 2 + 0.5));
      if (inside > 0 && inside < lit) mixInto(hole.data, at, wall, 0.6 * unit(inside / 2) * unit((lit - inside) / 3));
    }
  return hole;
};
