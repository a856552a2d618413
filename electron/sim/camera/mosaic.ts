import type { Picture } from './draw/picture.ts';

/**
 * A picture as the sensor's colour filter sees it (RGGB: red at even rows and columns), one byte a pixel, ready to be
 * laid over others: `over` is already multiplied by coverage, `keep` (0…256) is what remains of what lies below.
 * Its corner must come to lie on an even row and column of the frame.
 */
export interface Sprite {
  width: number;
  height: number;
  over: Uint8Array;
  keep: Uint16Array;
}

export const createSprite = (width: number, height: number): Sprite => ({
  width,
  height,
  over: new Uint8Array(width * height),
  keep: new Uint16Array(width * height).fill(256),
});

/** Filters `picture` into `sprite`, which has its size. */
export const mosaicInto = (picture: Picture, sprite: Sprite): void => {
  const { data, width } = picture;
  for (let row = 0, at = 0; row < picture.height; row++)
    for (let column = 0; column < width; column++, at++) {
      const alpha = data[at * 4 + 3] as number;
      const covered = alpha + (alpha >> 7);
      sprite.keep[at] = 256 - covered;
      sprite.over[at] = ((data[at * 4 + (row & 1) + (column & 1)] as number) * covered) >> 8;
    }
};

/** A new sprite of `picture`. */
export const mosaic = (picture: Picture): Sprite => {
  const sprite = createSprite(picture.width, picture.height);
  mosaicInto(picture, sprite);
  return sprite;
};
