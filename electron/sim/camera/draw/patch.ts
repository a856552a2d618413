import { drawRandom, type Part, type Size, type Tape } from '../part.ts';
import type { Random } from '../prng.ts';
import { type Bench, type Chip, createBench, drawChip, drawTurned } from './chip.ts';
import { contaminate } from './contamination.ts';
import { crack, harmless, scratch } from './damage.ts';
import { createGlyphs } from './glyphs.ts';
import { printCode } from './marking.ts';
import { createPicture, type Picture } from './picture.ts';
import { place } from './place.ts';
import { drawPocket } from './pocket.ts';
import { createMask } from './stroke.ts';
import { patchHeight, patchWidth } from './tape.ts';
import { createTextures, type Textures } from './texture.ts';

/** Draws parts. `draw` depends on the part alone: the same part gives the same picture, whatever was drawn before. */
export interface PartPainter {
  /** The part in its pocket, `patchWidth` × `patchHeight`; transparent where the bare tape is seen. Valid until the next call. */
  draw(part: Part): Picture;
  textures: Textures;
}

type Pockets = Record<Tape, Record<Size, [Picture, ...Picture[]]>>;

/** All pockets, before the first part: drawing one later would hold up a frame. */
const drawPockets = (textures: Textures): Pockets => {
  const some = (tape: Tape, size: Size): [Picture, ...Picture[]] => [
    drawPocket(tape, size, 0, textures),
    drawPocket(tape, size, 1, textures),
    drawPocket(tape, size, 2, textures),
  ];
  const both = (tape: Tape): Pockets[Tape] => ({ '0603': some(tape, '0603'), '0805': some(tape, '0805') });
  return { white: both('white'), cream: both('cream'), plastic: both('plastic') };
};

/** Takes a moment: it draws textures, digits and pockets. */
export const createPartPainter = (): PartPainter => {
  const textures = createTextures();
  const bench = createBench(textures);
  const glyphs = createGlyphs();
  const mask = createMask(patchWidth, patchHeight);
  const pockets = drawPockets(textures);
  const patch = createPicture(patchWidth, patchHeight);
  return {
    textures,
    draw(part) {
      const random = drawRandom(part);
      const tools = { random, textures, mask };
      const { tape, size } = part.reel;
      patch.data.set(random.pick(pockets[tape][size]).data);
      if (part.label !== 'missing') {
        const { chip, turn } = drawPosed(part, random, bench);
        if (turn.printed) printCode(chip, part, random, { glyphs, textures });
        harmless(chip, tools);
        if (part.label === 'cracked') crack(chip, part, tools);
        if (part.label === 'scratched') scratch(chip, part, tools);
        place(patch, chip, { dx: part.dx, dy: part.dy, angleDeg: part.angleDeg + turn.deg, height: turn.height });
        if (part.label === 'contaminated') contaminate(patch, part, tools);
      }
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

const drawPosed = (part: Part, random: Random, bench: Bench): { chip: Chip; turn: Turn } => {
  const printed = part.reel.product === 'resistor';
  if (part.label !== 'rotated') return { chip: drawChip(part, random, bench), turn: { deg: 0, height: 5, printed } };
  const kinds = printed ? (['turned', 'turned', 'flipped', 'side', 'end'] as const) : (['turned', 'turned', 'end'] as const);
  const kind = random.pick(kinds);
  const way = random.chance(0.5) ? 1 : -1;
  if (kind === 'turned') {
    const deg = way * (15 + 75 * part.severity);
    return { chip: drawChip(part, random, bench), turn: { deg, height: 9, printed } };
  }
  const deg = kind === 'end' ? random.between(-20, 20) : random.gauss() * 2;
  return { chip: drawTurned(kind, part, random, bench), turn: { deg, height: kind === 'end' ? 14 : 6, printed: false } };
};
