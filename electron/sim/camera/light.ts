import { unit } from './draw/picture.ts';
import { randomOf } from './prng.ts';

export const frameWidth = 1280;
export const frameHeight = 720;

/**
 * How much light each pixel gets, in 1/256: a ring light brightest above the middle, the lens's fall-off to the corners,
 * and soft shadows of `dirt` (0…1) on the lens. `gain` 1 is normal light.
 */
export const lightMap = (gain: number, dirt: number, seed: number): Uint16Array => {
  const map = new Uint16Array(frameWidth * frameHeight);
  const spots = dirtSpots(dirt, seed);
  for (let y = 0, at = 0; y < frameHeight; y++)
    for (let x = 0; x < frameWidth; x++, at++) {
      const [dx, dy] = [(x - 604) / 800, (y - 332) / 800];
      const even = 1.06 - 0.34 * (dx * dx + dy * dy) - 0.05 * dx;
      map[at] = 256 * gain * even;
    }
  for (const spot of spots) shade(map, spot);
  return map;
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
const shade = (map: Uint16Array, { x, y, radius, dark }: Spot): void => {
  const reach = radius * 1.4;
  for (let row = Math.max(0, Math.floor(y - reach)); row < Math.min(frameHeight, y + reach); row++)
    for (let column = Math.max(0, Math.floor(x - reach)); column < Math.min(frameWidth, x + reach); column++) {
      const inside = unit((reach - Math.hypot(column - x, row - y)) / (radius * 0.8));
      const at = row * frameWidth + column;
      map[at] = (map[at] as number) * (1 - dark * inside);
    }
};
