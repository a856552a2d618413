import { drawRandom, type Part, type Size, type Tape } from '../part.ts';
import type { Random } from '../prng.ts';
import { type Bench, type Chip, createBench, drawChip, drawTurned } from './chip.ts';
import { contaminate } from './contamination.ts';
import { crack, harmless, scratch } from './damage.ts';
import { createGlyphs } from './glyphs.ts';
import { printCode } from './marking.ts';
import { createPicture, type Picture } from './picture.ts';
import { place } from './place.ts';
import { createMask } from './stroke.ts';
import { drawPocket } from './pocket.ts';
import { patchHeight, patchWidth } from './tape.ts';
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
  const bench = createBench(textures);
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
        const { chip, turn } = drawPosed(part, random, bench);
        if (part.label !== 'rotated' && part.reel.product === 'resistor') printCode(chip, part, random, { glyphs, textures });
        else if (part.label === 'rotated' && turn.printed) printCode(chip, part, random, { glyphs, textures });
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
