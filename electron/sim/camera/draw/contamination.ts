import type { Part, Rgb } from '../part.ts';
import type { Random } from '../prng.ts';
import type { Tools } from './damage.ts';
import { fall, hump } from './curve.ts';
import { mixInto, paintOver, type Picture, unit } from './picture.ts';
import { clearMask, type Point, strokeMask } from './stroke.ts';
import { texel } from './texture.ts';

/** Something on the part that does not belong there: solder, flux, a fibre or dust. Draws over chip and pocket. */
export const contaminate = (patch: Picture, part: Part, tools: Tools): void => {
  const { random } = tools;
  const kind = random.pick(['solder', 'flux', 'fibre', 'dust']);
  const x = patch.width / 2 + part.dx + random.gauss() * 15;
  const y = patch.height / 2 + part.dy + random.gauss() * 28;
  if (kind === 'fibre') return fibre(patch, { x, y }, part, tools);
  if (kind === 'dust') return dust(patch, { x, y }, part, tools);
  const size = kind === 'solder' ? 9.5 + part.severity * 15 : 19 + part.severity * 20;
  blob(patch, { x, y, size, paint: kind === 'solder' ? solder(random) : flux(random, part), shadow: kind === 'solder' }, tools);
};

/** Paints one point of a blob: `nx`, `ny` from its middle (-1…1 at the rim), `rim` pixels inside. */
type BlobPaint = (nx: number, ny: number, rim: number) => { colour: Rgb; amount: number };

/** A frozen drop of tin: it mirrors the ring of lamps as a bright arc, and the dark machine around. */
const solder = (random: Random): BlobPaint => {
  const dull = random.between(0, 26);
  const [gx, gy] = [random.between(-0.5, -0.25), random.between(-0.5, -0.25)];
  return (nx, ny, rim) => {
    const away = Math.sqrt(nx * nx + ny * ny);
    const ring = 66 * hump((away - 0.56) / 0.2) * unit(0.75 - (nx + ny) * 0.55);
    const glint = 120 * hump(((nx - gx) ** 2 + (ny - gy) ** 2) / 0.035);
    const under = 26 * unit(0.5 + (nx + ny) * 0.6) * hump((away - 0.8) / 0.14);
    const value = 104 - dull + ring + glint + under - 62 * fall(rim / 2.4) - 14 * hump(away / 0.3);
    return { colour: [value, value * 1.005, value * 1.02], amount: unit(rim + 0.5) };
  };
};

const flux = (random: Random, part: Part): BlobPaint => {
  const colour: Rgb = random.pick([
    [116, 74, 26],
    [92, 62, 30],
    [150, 104, 44],
  ]);
  // On a dark coat only what the resin reflects is seen.
  const lift = part.reel.product === 'resistor' ? 34 : 0;
  const body = 0.5 + 0.2 * part.severity;
  return (nx, ny, rim) => {
    const wet = 70 * hump((nx + 0.35) / 0.22) * hump((ny + 0.4) / 0.16);
    const value = lift + wet;
    return {
      colour: [colour[0] + value, colour[1] + value * 0.9, colour[2] + value * 0.8],
      amount: unit(rim / 1.6) * (body + 0.25 * hump((rim - 3) / 2.8)),
    };
  };
};

const blob = (
  patch: Picture,
  { x, y, size, paint, shadow }: { x: number; y: number; size: number; paint: BlobPaint; shadow: boolean },
  { random }: Tools,
): void => {
  const waves = Array.from({ length: 4 }, (_, i) => ({
    n: i + 1,
    high: (random.gauss() * 0.1) / (i + 1),
    phase: random.between(0, 6.28),
  }));
  const [long, turn] = [random.between(1, 1.4), random.between(0, Math.PI)];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const reach = Math.ceil(size * 1.9 + 6);
  for (let row = Math.max(0, Math.floor(y - reach)); row < Math.min(patch.height, y + reach); row++)
    for (let column = Math.max(0, Math.floor(x - reach)); column < Math.min(patch.width, x + reach); column++) {
      const [dx, dy] = [column - x, row - y];
      const [px, py] = [(dx * cos + dy * sin) / long, dy * cos - dx * sin];
      const angle = Math.atan2(py, px);
      let radius = size;
      for (const wave of waves) radius += size * wave.high * Math.sin(wave.n * angle + wave.phase);
      const away = Math.sqrt(px * px + py * py);
      const at = (row * patch.width + column) * 4;
      const shaded = unit(1 - Math.max(0, Math.hypot(px - 3, py - 4) - radius) / 5);
      if (shadow && away > radius && shaded > 0) paintOver(patch.data, at, [14, 12, 10], 0.34 * shaded * shaded);
      if (away > radius + 0.5) continue;
      const { colour, amount } = paint(dx / (radius * long), dy / (radius * long), radius - away);
      paintOver(patch.data, at, colour, amount);
    }
};

const fibre = (patch: Picture, { x, y }: { x: number; y: number }, part: Part, { random, mask }: Tools): void => {
  const dark = part.reel.product === 'capacitor';
  const colour: Rgb = dark
    ? random.pick([
        [38, 40, 62],
        [30, 28, 28],
        [92, 26, 30],
      ])
    : random.pick([
        [224, 222, 214],
        [168, 190, 222],
        [214, 150, 150],
      ]);
  const half = 1.7 + 1.1 * part.severity;
  const steps = 16 + Math.round(part.severity * 12);
  let angle = random.between(0, 6.28);
  let turn = random.gauss() * 0.1;
  const walk: Point[] = [{ x: x - Math.cos(angle) * steps * 2.6, y: y - Math.sin(angle) * steps * 2.6, half: half * 0.7 }];
  for (let step = 0; step < steps; step++) {
    const last = walk[step] as Point;
    turn += random.gauss() * 0.07;
    angle += turn;
    turn *= 0.85;
    walk.push({ x: last.x + Math.cos(angle) * 5.4, y: last.y + Math.sin(angle) * 5.4, half: half * (1 + 0.12 * random.gauss()) });
  }
  strokeMask(mask, walk, 1.4);
  for (const [dx, dy, tone, amount] of [
    [4, 5, [10, 9, 8] as Rgb, 0.36],
    [1, 1, [16, 15, 14] as Rgb, 0.5],
    [0, 0, colour, 0.93],
  ] as const)
    for (let row = mask.top; row < Math.min(mask.bottom, patch.height - dy); row++)
      for (let column = mask.left; column < Math.min(mask.right, patch.width - dx); column++) {
        const covered = mask.coverage[row * mask.width + column] as number;
        if (covered > 0) paintOver(patch.data, ((row + dy) * patch.width + column + dx) * 4, tone, covered * amount);
      }
  clearMask(mask);
};

const dust = (patch: Picture, { x, y }: { x: number; y: number }, part: Part, tools: Tools): void => {
  const { random, textures } = tools;
  const dark = part.reel.product === 'capacitor';
  const colour: Rgb = dark ? [58, 52, 46] : [176, 164, 142];
  for (let crumb = 10 + Math.round(part.severity * 14); crumb > 0; crumb--) {
    const [cx, cy] = [x + random.gauss() * (12 + 8 * part.severity), y + random.gauss() * (15 + 10 * part.severity)];
    const radius = 1.7 + (3.2 + part.severity * 4.5) * random.next() ** 2 + 1;
    const tone = random.gauss() * 14;
    const u = random.int(256);
    for (let row = Math.max(0, Math.floor(cy - radius - 3)); row < Math.min(patch.height, cy + radius + 4); row++)
      for (let column = Math.max(0, Math.floor(cx - radius - 3)); column < Math.min(patch.width, cx + radius + 4); column++) {
        const inside = radius - Math.hypot(column - cx, row - cy) + texel(textures.cloud, (column + u) * 7, row * 7) * 1.8;
        const at = (row * patch.width + column) * 4;
        const lit = tone + (column + row < cx + cy ? 16 : -20) + texel(textures.grain, column + u, row) * 12;
        if (inside > -1.5 && inside < 0 && column + row > cx + cy) mixInto(patch.data, at, [12, 11, 10], 0.4);
        if (inside > -0.5)
          paintOver(patch.data, at, [colour[0] + lit, colour[1] + lit, colour[2] + lit], 0.9 * unit(inside + 0.5));
      }
  }
};
