import { type Part, type Rgb, sizes } from '../part.ts';
import type { Random } from '../prng.ts';
import type { Chip } from './chip.ts';
import { glyphAt, glyphHeight, glyphWidth } from './glyphs.ts';
import { mixInto } from './picture.ts';
import type { Mask } from './stroke.ts';
import { texel, type Textures } from './texture.ts';

const ink: Rgb = [226, 226, 216];

/** Prints a resistor's code along its length, read from the right-hand side; print varies in place, weight and fading. */
export const printCode = (
  chip: Chip,
  part: Part,
  random: Random,
  { glyphs, textures }: { glyphs: ReadonlyMap<string, Mask>; textures: Textures },
): void => {
  const { code, size } = part.reel;
  const height = sizes[size].width * (code.length === 4 ? 0.365 : size === '0603' ? 0.6 : 0.48) * (1 + random.gauss() * 0.02);
  const scale = glyphHeight / height;
  const advance = (glyphWidth / scale) * 1.06;
  const [px, py, tilt] = [random.gauss() * 2, random.gauss() * 2.6, random.gauss() * 0.012];
  const [strength, fade, u] = [random.between(0.76, 0.92), random.between(0.02, 0.13), random.int(256)];
  const { picture } = chip;
  // Text direction is down the chip: text x = picture y, text y = -picture x.
  const half = (advance * code.length) / 2;
  for (let row = Math.floor(picture.height / 2 - half - 6); row < picture.height / 2 + half + 6; row++)
    for (let column = Math.floor(picture.width / 2 - height / 2 - 8); column < picture.width / 2 + height / 2 + 8; column++) {
      const x = column - picture.width / 2 - px;
      const y = row - picture.height / 2 - py;
      const along = y + x * tilt + half;
      const letter = Math.floor(along / advance);
      const glyph = glyphs.get(code[letter] ?? '');
      if (glyph === undefined) continue;
      const covered = glyphAt(glyph, (along - letter * advance) * scale, (height / 2 - x + y * tilt) * scale);
      if (covered === 0) continue;
      const worn =
        strength - fade * (1 + texel(textures.cloud, column * 3 + u, row * 3)) - 0.05 * texel(textures.grain, column + u, row);
      mixInto(picture.data, (row * picture.width + column) * 4, ink, covered * worn);
    }
};
