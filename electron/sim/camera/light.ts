import { unit } from './draw/picture.ts';
import { randomOf } from './prng.ts';

export const frameWidth = 1280;
export const frameHeight = 720;

/** Neighbouring pixels of a row that share one step of light: they lie in one 32-bit word. */
export const lightStepPx = 4;
const mapWidth = frameWidth / lightStepPx;
/** The value of {@link lightMap} where a pixel keeps its brightness. */
export const fullLight = 128;

/**
 * How much light falls on each four pixels of a row, in 1/{@link fullLight}: a ring light brightest above the middle,
 * the lens's fall-off to the corners, and soft shadows of `dirt` (0…1) on the lens.
 */
export const lightMap = (dirt: number, seed: number): Uint8Array => {
  const map = new Float32Array(mapWidth * frameHeight);
  for (let y = 0, at = 0; y < frameHeight; y++)
    for (let x = 0; x < mapWidth; x++, at++) {
      const dx = (x * lightStepPx - 604) / 800;
      const dy = (y - 332) / 800;
      map[at] = 1.06 - 0.34 * (dx * dx + dy * dy) - 0.05 * dx;
    }
  for (const spot of dirtSpots(dirt, seed)) shade(map, spot);
  // Rounded up or down by chance: even steps would show as rings.
  const random = randomOf(61);
  return Uint8Array.from(map, (value) => Math.floor(value * fullLight + random.next()));
};

interface Spot {
  x: number;
  y: number;
  radius: number;
  dark: number;
}

const dirtSpots = (dirt: number, seed: number): Spot[] => {
  const random = randomOf(seed, 60);
  return Array.from({ length: Math.round(dirt * 26) }, () => ({
    x: random.between(0, frameWidth),
    y: random.between(0, frameHeight),
    radius: random.between(14, 70),
    dark: random.between(0.1, 0.42) * (0.4 + 0.6 * dirt),
  }));
};

/** Dirt on a lens is far out of focus: a flat disc with a soft rim. */
const shade = (map: Float32Array, { x, y, radius, dark }: Spot): void => {
  const reach = radius * 1.4;
  for (let row = Math.max(0, Math.floor(y - reach)); row < Math.min(frameHeight, y + reach); row++)
    for (let column = 0; column < mapWidth; column++) {
      const inside = unit((reach - Math.hypot(column * lightStepPx - x, row - y)) / (radius * 0.8));
      const at = row * mapWidth + column;
      map[at] = (map[at] as number) * (1 - dark * inside);
    }
};
