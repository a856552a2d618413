import type { Part, Rgb } from '../part.ts';
import type { Random } from '../prng.ts';
import type { Chip } from './chip.ts';
import { mixInto, type Picture, unit } from './picture.ts';
import { clearMask, type Mask, type Point, strokeMask } from './stroke.ts';
import { texel, type Textures } from './texture.ts';

/** What the damage is drawn with: numbers, textures and a mask at least as large as the chip's picture. */
export interface Tools {
  random: Random;
  textures: Textures;
  mask: Mask;
}

/** Mixes `colour` into the chip where the mask covers it, at most by `strength`, shifted by whole pixels; then the mask is kept. */
const tint = (
  picture: Picture,
  mask: Mask,
  colour: Rgb,
  { strength, dx, dy }: { strength: number; dx: number; dy: number },
): void => {
  for (let y = Math.max(mask.top, -dy); y < Math.min(mask.bottom, picture.height - dy); y++)
    for (let x = Math.max(mask.left, -dx); x < Math.min(mask.right, picture.width - dx); x++) {
      const covered = mask.coverage[y * mask.width + x] as number;
      if (covered > 0) mixInto(picture.data, ((y + dy) * picture.width + x + dx) * 4, colour, covered * strength);
    }
};

/** A line that wanders like a break in ceramic: halved again and again, each middle a little aside. */
const jagged = (from: Point, to: Point, roughness: number, random: Random): Point[] => {
  let path = [from, to];
  for (let aside = roughness, round = 0; round < 4; round++, aside *= 0.56)
    path = path.flatMap((point, i) => {
      const next = path[i + 1];
      if (next === undefined) return [point];
      const [dx, dy] = [next.x - point.x, next.y - point.y];
      const shift = (random.gauss() * aside) / (Math.hypot(dx, dy) || 1);
      const half = ((point.half + next.half) / 2) * (1 + random.gauss() * 0.12);
      return [point, { x: point.x + dx / 2 - dy * shift, y: point.y + dy / 2 + dx * shift, half }];
    });
  return path;
};

/** A crack through the body, or a chipped corner or edge, by chance. */
export const crack = (chip: Chip, part: Part, tools: Tools): void =>
  tools.random.chance(0.55) ? crackThrough(chip, part, tools) : chipOff(chip, part, tools);

const crackThrough = (chip: Chip, part: Part, tools: Tools): void => {
  const { random, mask } = tools;
  const { picture, width, length } = chip;
  const [cx, cy] = [picture.width / 2, picture.height / 2];
  const half = 1.9 + part.severity * 1.7;
  const reach = width * (0.72 + 0.34 * part.severity);
  const fromLeft = random.chance(0.5);
  const y = random.between(-0.26, 0.26) * length;
  const rise = random.gauss() * length * 0.13;
  const sign = fromLeft ? 1 : -1;
  const from = { x: cx - sign * (width / 2 + 2), y: cy + y, half: half * 1.15 };
  const to = { x: from.x + sign * reach, y: cy + y + rise, half: half * (part.severity > 0.6 ? 1 : 0.55) };
  const path = jagged(from, to, 7, random);
  strokeMask(mask, path, 1.3);
  if (random.chance(0.35 + 0.4 * part.severity)) {
    const at = path[4 + random.int(8)] as Point;
    const branch = {
      x: at.x + sign * random.between(14, 34),
      y: at.y + (random.chance(0.5) ? 1 : -1) * random.between(16, 42),
      half: half * 0.45,
    };
    strokeMask(mask, jagged({ ...at, half: half * 0.7 }, branch, 4, random), 1.3);
  }
  // Under the coat of a resistor the break shows white alumina; in a capacitor it is a dark gap with a lit lip.
  const resistor = part.reel.product === 'resistor';
  tint(picture, mask, resistor ? [206, 202, 192] : [226, 204, 174], { strength: resistor ? 0.8 : 0.42, dx: 1, dy: 2 });
  tint(picture, mask, resistor ? [14, 13, 13] : [34, 24, 18], { strength: resistor ? 0.72 : 0.88, dx: 0, dy: 0 });
  clearMask(mask);
};

const chipOff = (chip: Chip, part: Part, { random, textures }: Tools): void => {
  const { picture, width, length } = chip;
  const size = width * (0.23 + 0.22 * part.severity);
  const corner = random.chance(0.6);
  const [sx, sy] = [random.chance(0.5) ? 1 : -1, random.chance(0.5) ? 1 : -1];
  // A corner of the ceramic breaks beside the terminal as often as on it.
  const y0 = sy * length * (corner ? random.between(0.42, 0.5) : random.between(0, 0.24));
  const x0 = sx * (width / 2 + size * (corner ? 0.0 : 0.3));
  const [stretch, u] = [random.between(0.85, 1.45), random.int(256)];
  const fresh: Rgb = part.reel.product === 'resistor' ? [214, 209, 198] : [92, 70, 54];
  for (let row = 0, at = 0; row < picture.height; row++)
    for (let column = 0; column < picture.width; column++, at += 4) {
      const [x, y] = [column - picture.width / 2 - x0, (row - picture.height / 2 - y0) / stretch];
      const angular = texel(textures.cloud, (column >> 1) * 3 + u, (row >> 1) * 3) * size * 0.17;
      const depth = size + angular - Math.abs(x) * 0.55 - Math.sqrt(x * x + y * y) * 0.6;
      if (depth < -1) continue;
      const grain = texel(textures.grain, column * 2 + u, row * 2) * 16;
      const slope = (sx > 0 ? 14 : -22) + grain + depth * -1.1;
      mixInto(picture.data, at, [fresh[0] + slope, fresh[1] + slope, fresh[2] + slope], unit(depth + 0.5));
      const gone = unit(depth - size * 0.26);
      if (gone > 0) picture.data[at + 3] = (picture.data[at + 3] as number) * (1 - gone);
      // The sharp edge of the break catches the light.
      if (depth < 1.6) mixInto(picture.data, at, [242, 238, 230], 0.5 * unit(depth + 1));
    }
};

/** One deep scratch, or a bundle, straight or slightly bent, over coat and marking or over a terminal. */
export const scratch = (chip: Chip, part: Part, tools: Tools): void => {
  const { random, mask } = tools;
  const { picture, width, length } = chip;
  const [cx, cy] = [picture.width / 2, picture.height / 2];
  const lines = 1 + (random.chance(0.5) ? 1 + random.int(2) : 0);
  const angle = random.between(-1, 1) * 1.25 + Math.PI / 2;
  const reach = (0.52 + 0.34 * part.severity) * Math.min(length, width / Math.max(0.2, Math.abs(Math.cos(angle))));
  const [mx, my] = [cx + random.gauss() * width * 0.1, cy + random.gauss() * length * 0.1];
  const bend = random.gauss() * 0.05;
  for (let line = 0; line < lines; line++) {
    const half = line === 0 ? 2 + part.severity * 1.4 : random.between(0.8, 1.4);
    const aside = line * random.between(5, 11);
    const share = line === 0 ? 1 : random.between(0.5, 0.9);
    strokeMask(
      mask,
      curved({ x: mx + Math.sin(angle) * aside, y: my - Math.cos(angle) * aside, half }, { angle, reach: reach * share, bend }),
      1.4,
    );
  }
  for (let y = mask.top; y < mask.bottom; y++)
    for (let x = mask.left; x < mask.right; x++) {
      const at = y * mask.width + x;
      const skip = 0.86 + 0.5 * texel(tools.textures.grain, x, y >> 1);
      mask.coverage[at] = (mask.coverage[at] as number) * unit(skip);
    }
  const bright: Rgb = part.reel.product === 'resistor' ? [186, 184, 178] : [236, 222, 200];
  tint(picture, mask, [22, 20, 18], { strength: 0.5, dx: -2, dy: -1 });
  tint(picture, mask, bright, { strength: 0.74 + 0.18 * part.severity, dx: 0, dy: 0 });
  clearMask(mask);
};

const curved = (middle: Point, { angle, reach, bend }: { angle: number; reach: number; bend: number }): Point[] =>
  Array.from({ length: 9 }, (_, i) => {
    const t = (i - 4) / 4;
    const aside = bend * reach * (t * t - 0.5);
    return {
      x: middle.x + Math.cos(angle) * t * (reach / 2) - Math.sin(angle) * aside,
      y: middle.y + Math.sin(angle) * t * (reach / 2) + Math.cos(angle) * aside,
      half: middle.half * (1 - 0.55 * t * t),
    };
  });

/** What every good part may have: specks and scuffs too small or too faint to matter. */
export const harmless = (chip: Chip, { random, mask }: Tools): void => {
  const { picture, width, length } = chip;
  for (let speck = random.int(4); speck > 0; speck--) {
    const x = picture.width / 2 + random.between(-0.45, 0.45) * width;
    const y = picture.height / 2 + random.between(-0.45, 0.45) * length;
    strokeMask(
      mask,
      [
        { x, y, half: random.between(0.5, 1.5) },
        { x: x + random.gauss(), y: y + random.gauss(), half: 0.8 },
      ],
      1.2,
    );
  }
  const light = random.chance(0.5);
  tint(picture, mask, light ? [196, 192, 184] : [70, 62, 54], { strength: random.between(0.25, 0.6), dx: 0, dy: 0 });
  clearMask(mask);
  if (!random.chance(0.3)) return;
  const middle = {
    x: picture.width / 2 + random.gauss() * width * 0.2,
    y: picture.height / 2 + random.gauss() * length * 0.2,
    half: 0.7,
  };
  const line = { angle: random.between(0, Math.PI), reach: random.between(12, 34), bend: random.gauss() * 0.08 };
  strokeMask(mask, curved(middle, line), 1.4);
  tint(picture, mask, [190, 186, 178], { strength: random.between(0.08, 0.2), dx: 0, dy: 0 });
  clearMask(mask);
};
