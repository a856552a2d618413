import { createPartPainter } from './draw/patch.ts';
import { patchHeight, patchWidth } from './draw/tape.ts';
import type { Exposure } from './exposure.ts';
import { createFrameComposer, type Window } from './frame.ts';
import { createSprite, mosaicInto, sharpLens, type Sprite } from './mosaic.ts';
import { type Part, partOf } from './part.ts';
import { originPx, tapePx, type View } from './view.ts';

/** How many parts around the one in the middle are kept drawn: each is seen in several frames in a row. */
const kept = 6;

/**
 * The row of parts of one seed as the camera sees it. A part is drawn once and used while it is in view.
 * `defectRate` is asked when a part is first seen and holds for as long as it is kept.
 */
export interface Gallery {
  part(number: number): Part;
  /** Writes the Bayer bytes of the frame (or a window of it) as `view` says. */
  frame(out: Buffer, window: Window, view: View, exposure: Exposure): void;
}

/** Takes most of a second: it draws what all frames share. `spread`: as of {@link partOf}. */
export const createGallery = (seed: number, defectRate: () => number, spread = 0): Gallery => {
  const painter = createPartPainter();
  const composer = createFrameComposer(painter.textures);
  const parts = new Map<number, Part>();
  const sprites: { number: number; sprite: Sprite }[] = [];
  for (let i = 0; i < kept; i++) sprites.push({ number: Number.NaN, sprite: createSprite(patchWidth, patchHeight) });

  const part = (number: number): Part => {
    const known = parts.get(number) ?? partOf(seed, number, defectRate(), spread);
    parts.set(number, known);
    if (parts.size > 64) for (const old of parts.keys()) if (Math.abs(old - number) > 8) parts.delete(old);
    return known;
  };
  const sprite = (number: number): Sprite => {
    const slot = sprites[((number % kept) + kept) % kept] as { number: number; sprite: Sprite };
    if (slot.number !== number) {
      const wanted = part(number);
      mosaicInto(painter.draw(wanted), slot.sprite, {
        blur: sharpLens.blur + 0.1 * wanted.softness,
        brightness: wanted.brightness,
      });
      slot.number = number;
    }
    return slot.sprite;
  };
  const near = (window: Window, view: View, offset: number): boolean => {
    const centre = tapePx(part(view.number + offset)) - originPx(part(view.number), view);
    return centre + patchWidth / 2 + 40 > window.x && centre - patchWidth / 2 - 40 < window.x + window.width;
  };
  return {
    part,
    frame(out, window, view, exposure) {
      const { number, pastPx, first, last } = view;
      const isThere = (each: number): boolean => each >= first && each <= last;
      composer.compose(
        out,
        window,
        {
          part: part(number),
          pastPx,
          neighbour: (offset) => part(number + offset),
          sprite: (offset) => (isThere(number + offset) && near(window, view, offset) ? sprite(number + offset) : null),
        },
        exposure,
      );
    },
  };
};
