import type { Picture } from './picture.ts';
import { tapeBottom, tapeTop } from './tape.ts';
import { texel, type Textures } from './texture.ts';

/** Fills `picture` (a whole frame) with what never moves: the machine's guide rails above and below the tape. */
export const drawRails = ({ streaks, grain, cloud }: Textures, picture: Picture): Picture => {
  const { data, width, height } = picture;
  for (let y = 0, at = 0; y < height; y++) {
    const tone = y < tapeTop ? upper(y) : y >= tapeBottom ? lower(y - tapeBottom, height - tapeBottom) : 0;
    for (let x = 0; x < width; x++, at += 4) {
      const value = tone * (1 + 0.05 * texel(streaks, x, y) + 0.012 * texel(grain, x, y) + 0.02 * texel(cloud, x >> 2, y >> 1));
      data[at] = value;
      data[at + 1] = value * 1.005;
      data[at + 2] = value * 1.03;
      data[at + 3] = 255;
    }
  }
  return picture;
};

/** Black anodised cover, its lower edge broken. */
const upper = (y: number): number => {
  const toEdge = tapeTop - y;
  return 34 + 70 * Math.exp(-(((toEdge - 6) / 1.6) ** 2)) - 22 * Math.exp(-toEdge / 2.5);
};

/** Brushed aluminium with a chamfer towards the tape and a slot along it. */
const lower = (y: number, height: number): number => {
  const gap = -150 * Math.exp(-y / 2.2);
  const chamfer = 62 * Math.exp(-(((y - 9) / 3) ** 2));
  const slot = y > height - 20 ? -86 : 0;
  const slotEdge = 50 * Math.exp(-(((y - height + 21) / 1.2) ** 2));
  return Math.max(8, 150 - y * 0.5 + gap + chamfer + slot + slotEdge);
};
