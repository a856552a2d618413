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
  /** Outside this box everything is transparent; `right` and `bottom` are the first beyond it. */
  box: { left: number; top: number; right: number; bottom: number };
}

/** A transparent sprite. */
export const createSprite = (width: number, height: number): Sprite => ({
  width,
  height,
  over: new Uint8Array(width * height),
  keep: new Uint16Array(width * height).fill(256),
  box: { left: 0, top: 0, right: 0, bottom: 0 },
});

/** What the lens does to a picture before the filter. */
export interface Lens {
  /** How much each pixel takes from each of its four neighbours, 0…0.2: no lens is as sharp as the pixels. */
  blur: number;
  /** 1 is normal. */
  brightness: number;
}

export const sharpLens: Lens = { blur: 0.07, brightness: 1 };

/** Filters `picture` into `sprite`, which has its size. */
export const mosaicInto = (picture: Picture, sprite: Sprite, { blur, brightness }: Lens): void => {
  const { data, width, height } = picture;
  const { over, keep } = sprite;
  const row = width * 4;
  const own = (1 - 4 * blur) * brightness;
  const other = blur * brightness;
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const alpha = data[at * 4 + 3] as number;
      const covered = alpha + (alpha >> 7);
      keep[at] = 256 - covered;
      over[at] = 0;
      if (covered === 0) continue;
      if (x < box.left) box.left = x;
      if (x >= box.right) box.right = x + 1;
      if (y < box.top) box.top = y;
      box.bottom = y + 1;
      const from = at * 4 + (y & 1) + (x & 1);
      let value = data[from] as number;
      // Where nothing is drawn there is no colour to take; the rim of what is drawn is soft anyhow.
      if (alpha === 255 && y > 0 && y < height - 1) {
        const around =
          (data[from - 4] as number) + (data[from + 4] as number) + (data[from - row] as number) + (data[from + row] as number);
        value = value * own + around * other;
      } else value *= brightness;
      over[at] = (Math.min(255, value) * covered) >> 8;
    }
  sprite.box = box;
};

/** A new sprite of `picture`. */
export const mosaic = (picture: Picture): Sprite => {
  const sprite = createSprite(picture.width, picture.height);
  mosaicInto(picture, sprite, sharpLens);
  return sprite;
};
