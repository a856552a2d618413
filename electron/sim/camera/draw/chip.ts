import { type Part, sizes } from '../part.ts';
import type { Random } from '../prng.ts';
import { fall, hump } from './curve.ts';
import { capacitor, end, type Look, resistor, type Shade, type Spot, underside } from './materials.ts';
import { clearPicture, type Picture, roundedBox, unit } from './picture.ts';
import { texel, type Textures } from './texture.ts';

/** Pixels around the body in a chip's own picture. */
export const chipMargin = 10;

/** A chip in its own, upright coordinates: the length runs down, the light comes from the upper left. */
export interface Chip {
  picture: Picture;
  length: number;
  width: number;
}

/** What chips are drawn with. A chip's picture is valid until the next one is drawn. */
export interface Bench {
  textures: Textures;
  /** Memory for a chip's picture. */
  store: Uint8ClampedArray;
}

/** Room for the largest chip, however it lies. */
export const createBench = (textures: Textures): Bench => ({ textures, store: new Uint8ClampedArray(192 * 256 * 4) });

/** The chip of `part` as it lies right, from above. `random` is used up in a fixed order. */
export const drawChip = (part: Part, random: Random, bench: Bench): Chip => {
  const look = lookOf(part, random, bench);
  return part.reel.product === 'resistor' ? paint(look, resistor(look), 4) : paint(look, capacitor(look), 7);
};

/** The same chip upside down (resistors show bare alumina), on its side or on its end. */
export const drawTurned = (how: 'flipped' | 'side' | 'end', part: Part, random: Random, bench: Bench): Chip => {
  const upright = lookOf(part, random, bench);
  if (how === 'flipped') return paint(upright, underside(upright), 4);
  const height = part.reel.product === 'resistor' ? 0.62 : 0.9;
  const look =
    how === 'side'
      ? { ...upright, width: upright.width * height }
      : { ...upright, length: upright.width * height, width: upright.width };
  return paint(look, how === 'side' ? underside(look) : end(look), 6);
};

const lookOf = (part: Part, random: Random, bench: Bench): Look => {
  const { length, width } = sizes[part.reel.size];
  const scale = 1 + random.gauss() * 0.008;
  return {
    part,
    random,
    ...bench,
    length: length * scale,
    width: width * (scale + random.gauss() * 0.008),
    u: random.int(256),
    v: random.int(256),
  };
};

const paint = (look: Look, shade: Shade, radius: number): Chip => {
  const { length, width, textures, u, v } = look;
  const picture = clearPicture(look.store, 2 * Math.ceil(width / 2 + chipMargin), 2 * Math.ceil(length / 2 + chipMargin));
  const box = { halfWidth: width / 2, halfHeight: length / 2, radius };
  const across = Float32Array.from({ length: picture.width }, (_, i) => edges(i - picture.width / 2 + 0.5, width / 2));
  const spot: Spot = { x: 0, y: 0, bevel: 0 };
  const out: [number, number, number] = [0, 0, 0];
  for (let row = 0, at = 0; row < picture.height; row++) {
    spot.y = row - picture.height / 2 + 0.5;
    const along = edges(spot.y, length / 2);
    for (let column = 0; column < picture.width; column++, at += 4) {
      spot.x = column - picture.width / 2 + 0.5;
      let inside = -roundedBox(spot.x, spot.y, box);
      if (inside < 5) inside += texel(textures.cloud, (column + u) * 5, (row + v) * 5) * 0.5;
      if (inside < -3) continue;
      spot.bevel = (across[column] as number) + along;
      shade(spot, out);
      picture.data[at] = out[0];
      picture.data[at + 1] = out[1];
      picture.data[at + 2] = out[2];
      picture.data[at + 3] = unit(inside + 0.5) * 255;
    }
  }
  return { picture, length, width };
};

/** Light on the two rounded edges at ± `half`: dark where the body turns away, and lit just inside the one towards the light. */
const edges = (at: number, half: number): number =>
  0.17 * hump((at + half - 3.2) / 2.4) - 0.42 * (fall((at + half) / 1.7) + fall((half - at) / 1.7));
