import type { Part, Size, Tape } from '../part.ts';
import { drawRandom } from '../part.ts';
import type { Random } from '../prng.ts';
import { type Chip, drawChip, drawTurned } from './chip.ts';
import { contaminate } from './contamination.ts';
import { crack, harmless, scratch } from './damage.ts';
import { createGlyphs } from './glyphs.ts';
import { printCode } from './marking.ts';
import { createPicture, paintOver, type Picture, smooth, unit } from './picture.ts';
import { createMask } from './stroke.ts';
import { drawPocket, patchHeight, patchWidth } from './tape.ts';
import { createTextures, type Textures } from './texture.ts';

/** Draws parts. `draw` depends on the part alone: the same part gives the same picture, whatever was drawn before. */
export interface PartPainter {
  /** The part in its pocket, `patchWidth` × `patchHeight`; transparent where the bare tape is seen. Valid until the next call. */
  draw(part: Part): Picture;
  textures: Textures;
}

const pocketVariants = 3;

export const createPartPainter = (): PartPainter => {
  const textures = createTextures();
  const glyphs = createGlyphs();
  const mask = createMask(patchWidth, patchHeight);
  const pockets = new Map<string, Picture>();
  const pocketOf = (tape: Tape, size: Size, variant: number): Picture => {
    const key = `${tape} ${size} ${variant}`;
    const known = pockets.get(key) ?? drawPocket(tape, size, variant, textures);
    pockets.set(key, known);
    return known;
  };
  const patch = createPicture(patchWidth, patchHeight);
  return {
    textures,
    draw(part) {
      const random = drawRandom(part);
      const tools = { random, textures, mask };
      patch.data.set(pocketOf(part.reel.tape, part.reel.size, random.int(pocketVariants)).data);
      if (part.label !== 'missing') {
        const { chip, turn } = drawPosed(part, random, textures);
        if (part.label !== 'rotated' && part.reel.product === 'resistor') printCode(chip, part, random, { glyphs, textures });
        else if (part.label === 'rotated' && turn.printed) printCode(chip, part, random, { glyphs, textures });
        harmless(chip, tools);
        if (part.label === 'cracked') crack(chip, part, tools);
        if (part.label === 'scratched') scratch(chip, part, tools);
        place(patch, chip, { part, angleDeg: part.angleDeg + turn.deg, height: turn.height });
        if (part.label === 'contaminated') contaminate(patch, part, tools);
      }
      light(patch, part.brightness);
      if (part.softness > 0.05) soften(patch, part.softness * 0.2);
      return patch;
    },
  };
};

/** How far a part is turned in its plane, how high it stands out (pixels of shadow) and whether its code is seen. */
interface Turn {
  deg: number;
  height: number;
  printed: boolean;
}

const drawPosed = (part: Part, random: Random, textures: Textures): { chip: Chip; turn: Turn } => {
  const printed = part.reel.product === 'resistor';
  if (part.label !== 'rotated') return { chip: drawChip(part, random, textures), turn: { deg: 0, height: 5, printed } };
  const kinds = printed ? (['turned', 'turned', 'flipped', 'side', 'end'] as const) : (['turned', 'turned', 'end'] as const);
  const kind = random.pick(kinds);
  const way = random.chance(0.5) ? 1 : -1;
  if (kind === 'turned') {
    const deg = way * (15 + 75 * part.severity);
    return { chip: drawChip(part, random, textures), turn: { deg, height: 9, printed } };
  }
  const deg = kind === 'end' ? random.between(-20, 20) : random.gauss() * 2;
  return { chip: drawTurned(kind, part, random, textures), turn: { deg, height: kind === 'end' ? 14 : 6, printed: false } };
};

/** Lays the chip into the pocket, turned and shifted, with the shadow it throws to the lower right. */
const place = (patch: Picture, { picture, width, length }: Chip, pose: { part: Part; angleDeg: number; height: number }): void => {
  const { part, height } = pose;
  const angle = (pose.angleDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [cx, cy] = [patchWidth / 2 + part.dx, patchHeight / 2 + part.dy];
  const reachX = Math.abs(cos) * width * 0.5 + Math.abs(sin) * length * 0.5 + height * 3;
  const reachY = Math.abs(sin) * width * 0.5 + Math.abs(cos) * length * 0.5 + height * 3;
  const [shiftX, shiftY] = [height * 0.8, height];
  const [halfX, halfY] = [width / 2, length / 2];
  for (let row = Math.max(0, Math.floor(cy - reachY)); row < Math.min(patchHeight, cy + reachY); row++)
    for (let column = Math.max(0, Math.floor(cx - reachX)); column < Math.min(patchWidth, cx + reachX); column++) {
      const [dx, dy] = [column - cx + 0.5, row - cy + 0.5];
      const at = (row * patchWidth + column) * 4;
      const [sx, sy] = [dx - shiftX, dy - shiftY];
      const away = Math.max(Math.abs(sx * cos + sy * sin) - halfX, Math.abs(sy * cos - sx * sin) - halfY);
      if (away < height) paintOver(patch.data, at, [8, 7, 6], 0.62 * smooth(height, -height * 0.9, away));
      sample(picture, { x: dx * cos + dy * sin + picture.width / 2 - 0.5, y: dy * cos - dx * sin + picture.height / 2 - 0.5 }, patch.data, at);
    }
};

/** Mixes the picture at a place between its pixels over the pixel at byte `at`. */
const sample = (picture: Picture, { x, y }: { x: number; y: number }, into: Uint8ClampedArray, at: number): void => {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  if (x0 < 0 || y0 < 0 || x0 >= picture.width - 1 || y0 >= picture.height - 1) return;
  const { data } = picture;
  const [fx, fy] = [x - x0, y - y0];
  const [a, b] = [(y0 * picture.width + x0) * 4, ((y0 + 1) * picture.width + x0) * 4];
  const [w00, w10, w01, w11] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
  const mixed = (channel: number): number =>
    (data[a + channel] as number) * w00 +
    (data[a + 4 + channel] as number) * w10 +
    (data[b + channel] as number) * w01 +
    (data[b + 4 + channel] as number) * w11;
  const alpha = mixed(3) / 255;
  if (alpha > 0.003) paintOver(into, at, [mixed(0), mixed(1), mixed(2)], unit(alpha));
};

const light = ({ data }: Picture, brightness: number): void => {
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 0) continue;
    data[at] = (data[at] as number) * brightness;
    data[at + 1] = (data[at + 1] as number) * brightness;
    data[at + 2] = (data[at + 2] as number) * brightness;
  }
};

/** A slight blur: each pixel takes `weight` (0…0.25) of its neighbours on both sides, along and across. */
const soften = ({ data, width }: Picture, weight: number): void => {
  const keep = 1 - 2 * weight;
  for (const step of [4, width * 4])
    for (let at = step; at < data.length - step; at++)
      data[at] = (data[at] as number) * keep + ((data[at - step] as number) + (data[at + step] as number)) * weight;
};
