import { randomOf } from '../prng.ts';

/** A square of numbers around 0 (about -1…1) that repeats without a seam; its side is {@link textureSide}. */
export type Texture = Float32Array;

export const textureSide = 256;
const mask = textureSide - 1;

/** The texture at whole numbers of any size. */
export const texel = (texture: Texture, x: number, y: number): number => texture[((y & mask) << 8) | (x & mask)] as number;

const smoothed = (texture: Texture, radius: number): Texture => {
  const out = new Float32Array(texture.length);
  for (let y = 0; y < textureSide; y++)
    for (let x = 0; x < textureSide; x++) {
      let sum = 0;
      for (let dy = -radius; dy <= radius; dy++) for (let dx = -radius; dx <= radius; dx++) sum += texel(texture, x + dx, y + dy);
      out[(y << 8) | x] = sum / (2 * radius + 1);
    }
  return out;
};

const normalised = (texture: Texture): Texture => {
  let squares = 0;
  for (const value of texture) squares += value * value;
  const scale = 0.5 / Math.sqrt(squares / texture.length);
  return texture.map((value) => value * scale);
};

const white = (seed: number): Texture => {
  const random = randomOf(seed);
  return Float32Array.from({ length: textureSide * textureSide }, () => random.gauss());
};

/** Smooth lattice noise with cells of `cell` × `cell` pixels (a power of two). */
const lattice = (seed: number, cell: number): Texture => {
  const knots = white(seed);
  const cells = textureSide / cell;
  const out = new Float32Array(textureSide * textureSide);
  const knot = (x: number, y: number): number => knots[(y % cells) * textureSide + (x % cells)] as number;
  for (let y = 0; y < textureSide; y++)
    for (let x = 0; x < textureSide; x++) {
      const [cx, cy] = [Math.floor(x / cell), Math.floor(y / cell)];
      const [fx, fy] = [ease(x / cell - cx), ease(y / cell - cy)];
      const top = knot(cx, cy) * (1 - fx) + knot(cx + 1, cy) * fx;
      const bottom = knot(cx, cy + 1) * (1 - fx) + knot(cx + 1, cy + 1) * fx;
      out[(y << 8) | x] = top * (1 - fy) + bottom * fy;
    }
  return out;
};
const ease = (t: number): number => t * t * (3 - 2 * t);

const sum = (...layers: [Texture, number][]): Texture => {
  const out = new Float32Array(textureSide * textureSide);
  for (const [layer, weight] of layers)
    for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) + (layer[i] as number) * weight;
  return normalised(out);
};

/** Long horizontal streaks, as extrusion and brushing leave them. */
const streaks = (seed: number): Texture => {
  const source = white(seed);
  const out = new Float32Array(source.length);
  for (let y = 0; y < textureSide; y++) {
    let run = 0;
    for (let turn = 0; turn < 2; turn++)
      for (let x = 0; x < textureSide; x++) {
        run = run * 0.97 + texel(source, x, y) * 0.03;
        out[(y << 8) | x] = run;
      }
  }
  return normalised(out);
};

/** The textures that everything is drawn with; the same for every seed. */
export interface Textures {
  /** Fine, as sand: ceramic, tin, moulded plastic. */
  grain: Texture;
  /** Soft patches from 4 to 64 pixels. */
  cloud: Texture;
  /** Cloud and grain with a felt of short fibres: paper. */
  felt: Texture;
  streaks: Texture;
}

export const createTextures = (): Textures => {
  const grain = normalised(smoothed(white(11), 1));
  const cloud = sum([lattice(21, 64), 1], [lattice(22, 32), 0.7], [lattice(23, 16), 0.5], [lattice(24, 8), 0.35]);
  return { grain, cloud, felt: sum([felt(31), 1], [cloud, 0.7], [grain, 0.5]), streaks: streaks(41) };
};

const felt = (seed: number): Texture => {
  const random = randomOf(seed);
  const out = new Float32Array(textureSide * textureSide);
  for (let fibre = 0; fibre < 1600; fibre++) {
    let [x, y, angle] = [random.between(0, textureSide), random.between(0, textureSide), random.between(0, Math.PI)];
    const [bend, weight] = [random.gauss() * 0.05, random.gauss()];
    for (let step = random.between(10, 34); step > 0; step--) {
      const at = ((Math.floor(y) & mask) << 8) | (Math.floor(x) & mask);
      out[at] = (out[at] as number) * 0.4 + weight;
      x += Math.cos(angle);
      y += Math.sin(angle);
      angle += bend;
    }
  }
  return normalised(smoothed(out, 1));
};
