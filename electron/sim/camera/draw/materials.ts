import type { Part, Rgb } from '../part.ts';
import type { Random } from '../prng.ts';
import { fall, hump } from './curve.ts';
import { roundedBox, smooth, unit } from './picture.ts';
import { texel, type Textures } from './texture.ts';

/** A point of the chip's top: `x` across, `y` along, from the middle, and how much light its rounded edges take or give. */
export interface Spot {
  x: number;
  y: number;
  bevel: number;
}
/** Writes the colour of a point into `out`. */
export type Shade = (spot: Spot, out: [number, number, number]) => void;

/** What a shader needs: the part, its textures at a place of their own, and the measures. */
export interface Look {
  part: Part;
  random: Random;
  textures: Textures;
  store: Uint8ClampedArray;
  length: number;
  width: number;
  /** Where in the textures this part lies. */
  u: number;
  v: number;
}

/** Matt tin: a soft highlight along the rounded end, crystalline grain, a few darker patches. */
const tin = (look: Look): Shade => {
  const { part, random, textures, length, u, v } = look;
  const peak = random.between(0.32, 0.52) * endLength(look);
  const spread = random.between(7, 11.5);
  const gloss = random.between(44, 84);
  const slope = random.between(-0.1, 0.1);
  const [red, green, blue] = part.reel.terminal;
  return ({ x, y, bevel }, out) => {
    const fromEnd = length / 2 - Math.abs(y);
    const ix = Math.round(x) + u;
    const iy = Math.round(y) + v;
    const highlight = gloss * hump((fromEnd - peak + x * slope) / spread) * (y < 0 ? 1 : 0.72);
    const rolled = -74 * fall(fromEnd / 5.5);
    const surface = texel(textures.grain, ix * 2, iy * 2) * 9 + texel(textures.cloud, ix * 2, iy * 3) * 11;
    const value = highlight + rolled + surface - 30 + 130 * bevel;
    out[0] = red + value;
    out[1] = green + value * 1.01;
    out[2] = blue + value * 1.02;
  };
};

const endLength = (look: Look): number => look.length * (look.part.reel.product === 'resistor' ? 0.185 : 0.225);

const mixTo = (out: [number, number, number], other: readonly number[], amount: number): void => {
  out[0] += ((other[0] as number) - out[0]) * amount;
  out[1] += ((other[1] as number) - out[1]) * amount;
  out[2] += ((other[2] as number) - out[2]) * amount;
};

/** White alumina, as at the rim and the underside of a resistor. */
const alumina =
  ({ textures, u, v }: Look): Shade =>
  ({ x, y }, out) => {
    const ix = Math.round(x) + u;
    const iy = Math.round(y) + v;
    const value = texel(textures.grain, ix, iy) * 5 + texel(textures.cloud, ix, iy) * 5;
    out[0] = 224 + value;
    out[1] = 221 + value;
    out[2] = 212 + value;
  };

/** Where a terminal ends, in pixels from the chip's end, along `x`: paste runs out in waves. */
const boundary = (look: Look, end: 0 | 1): ((x: number) => number) => {
  const { random, textures } = look;
  const base = endLength(look) * (1 + random.gauss() * 0.04);
  const [skew, bulge, row] = [random.gauss() * 0.012, look.part.reel.product === 'capacitor' ? 3.5 : 1, random.int(256)];
  return (x) => {
    const t = x / (look.width / 2);
    return base + skew * x - bulge * t * t + texel(textures.cloud, Math.round(x) * 2 + end * 97, row) * 1.6;
  };
};

const withTerminals = (look: Look, body: Shade, seam: Rgb): Shade => {
  const metal = tin(look);
  const [upper, lower] = [boundary(look, 0), boundary(look, 1)];
  const over: [number, number, number] = [0, 0, 0];
  return (spot, out) => {
    const { x, y } = spot;
    const inside = (y < 0 ? upper(x) - (y + look.length / 2) : lower(x) - (look.length / 2 - y)) + 0.5;
    if (inside < 1) body(spot, out);
    // The plating stands a little above the body: it throws a narrow shadow down, and catches light above.
    if (inside < 0) mixTo(out, seam, 0.55 * fall(-inside / (y < 0 ? 2.6 : 1.4)));
    if (inside <= 0) return;
    metal(spot, over);
    const rim = 26 * hump((inside - 2.5) / 1.75) * (y < 0 ? 0.4 : 1);
    over[0] += rim;
    over[1] += rim;
    over[2] += rim;
    mixTo(out, over, unit(inside));
  };
};

/** A thick-film resistor from above: black glass over alumina, its white rim, tin at both ends. */
export const resistor = (look: Look): Shade => {
  const { part, random, textures, width, length, u, v } = look;
  const ceramic = alumina(look);
  const margin = width * random.between(0.035, 0.06);
  const coat = { halfWidth: width / 2 - margin, halfHeight: length / 2 - endLength(look) + 7, radius: 7 };
  const shift = random.gauss() * 1.2;
  const sheenAt = random.between(-0.5, 0.2) * length;
  const sheen = random.between(8, 20);
  const [red, green, blue] = part.reel.body;
  const over: [number, number, number] = [0, 0, 0];
  const body: Shade = (spot, out) => {
    const { x, y, bevel } = spot;
    ceramic(spot, out);
    const dull = 90 * bevel;
    out[0] += dull;
    out[1] += dull;
    out[2] += dull;
    const ix = Math.round(x) + u;
    const iy = Math.round(y) + v;
    const inside = -roundedBox(x - shift, y, coat) + texel(textures.cloud, ix * 2, iy * 2) * 0.9;
    if (inside <= -0.5) return;
    const glass = sheen * hump((y + x * 0.9 - sheenAt) / 46) + 6 - (x + y) * 0.035;
    const meniscus = x + y < 0 ? 34 * hump((inside - 2.6) / 2) : -10 * fall(inside / 3);
    const value = glass + meniscus + texel(textures.grain, ix, iy) * 3.2 + texel(textures.cloud, ix, iy) * 2.6;
    over[0] = red + value;
    over[1] = green + value;
    over[2] = blue + value * 1.03;
    mixTo(out, over, unit(inside + 0.5));
  };
  return withTerminals(look, body, [62, 60, 58]);
};

/** A ceramic capacitor: matt brown body, tin at both ends. */
export const capacitor = (look: Look): Shade => {
  const { part, random, textures, width, length, u, v } = look;
  const [red, green, blue] = part.reel.body;
  const sheenAt = random.between(-0.25, 0.1) * width;
  const sheen = random.between(9, 18);
  const speckle = random.between(4, 8);
  const body: Shade = ({ x, y, bevel }, out) => {
    const ix = Math.round(x) + u;
    const iy = Math.round(y) + v;
    const rolled = 120 * bevel - 18 * smooth(width * 0.3, width * 0.5, Math.abs(x));
    const glow = sheen * hump((x - sheenAt) / (width * 0.24)) - (y / length) * 8;
    const value = rolled + glow + texel(textures.grain, ix, iy) * speckle + texel(textures.cloud, ix, iy) * 5;
    out[0] = red + value;
    out[1] = green + value * 0.97;
    out[2] = blue + value * 0.92;
  };
  return withTerminals(look, body, [58, 44, 34]);
};

/** Bare body between the terminals: what lies below (or beside) on a part that was turned over. */
export const underside = (look: Look): Shade => {
  if (look.part.reel.product === 'capacitor') return capacitor(look);
  const ceramic = alumina(look);
  const body: Shade = (spot, out) => {
    ceramic(spot, out);
    const value = 90 * spot.bevel - 4;
    out[0] += value;
    out[1] += value;
    out[2] += value;
  };
  return withTerminals(look, body, [120, 116, 108]);
};

/** A chip that stands on its end shows one terminal, bright where it is domed. */
export const end = (look: Look): Shade => {
  const { random, textures, u, v } = look;
  const [red, green, blue] = look.part.reel.terminal;
  const [cx, cy] = [random.between(-8, 2), random.between(-6, 1)];
  return ({ x, y, bevel }, out) => {
    const ix = Math.round(x) + u;
    const iy = Math.round(y) + v;
    const dome = 64 * hump((x - cx) / 24) * hump((y - cy) / 17) - 30;
    const value = dome + 150 * bevel + texel(textures.grain, ix * 2, iy * 2) * 12 + texel(textures.cloud, ix * 3, iy * 3) * 12;
    out[0] = red + value;
    out[1] = green + value;
    out[2] = blue + value * 1.02;
  };
};
