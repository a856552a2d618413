import { blur } from './blur.ts';
import { createPicture } from './draw/picture.ts';
import { drawRails } from './draw/rails.ts';
import {
  drawSprocket,
  drawStrip,
  patchHeight,
  patchWidth,
  pocketRow,
  sprocketRow,
  stripWidth,
  tapeBottom,
  tapeTop,
} from './draw/tape.ts';
import type { Textures } from './draw/texture.ts';
import { createSensor, type Exposure } from './exposure.ts';
import { frameHeight, frameWidth } from './light.ts';
import { mosaic, type Sprite } from './mosaic.ts';
import type { Part, Tape } from './part.ts';
import { originPx, tapePx } from './view.ts';

/** A rectangle of the frame; all four are even, `x` and `width` multiples of four. */
export interface Window {
  x: number;
  y: number;
  width: number;
  height: number;
}
export const wholeFrame: Window = { x: 0, y: 0, width: frameWidth, height: frameHeight };

/** What is seen: the part nearest to the middle with its neighbours (the earlier one left of it: the belt runs to the left). */
export interface Scene {
  part: Part;
  /** How far it is past the middle, pixels; even. */
  pastPx: number;
  /** Part `part.number + offset`; asked for -2 … 2. */
  neighbour(offset: number): Part;
  /** The picture of that part, or `null` where none lies in the window; asked for -2 … 2. */
  sprite(offset: number): Sprite | null;
}

const even = (value: number): number => 2 * Math.round(value / 2);

/** Composes raw Bayer frames (RGGB, one byte a pixel) from what was drawn before. */
export interface FrameComposer {
  /** Writes the `window` of the frame into `out` (`window.width * window.height` bytes). */
  compose(out: Buffer, window: Window, scene: Scene, exposure: Exposure): void;
}

const ofTapes = <T>(make: (tape: Tape) => T): Record<Tape, T> => ({
  white: make('white'),
  cream: make('cream'),
  plastic: make('plastic'),
});

/** Draws tape, sprocket holes and rails once (most of a second), for all frames. */
export const createFrameComposer = (textures: Textures): FrameComposer => {
  const strips = ofTapes((tape) => stripBytes(drawStrip(tape, textures)));
  const holes = ofTapes((tape) => mosaic(drawSprocket(tape, textures)));
  const rails = Buffer.from(mosaic(drawRails(textures, createPicture(frameWidth, frameHeight))).over);
  const sensor = createSensor();
  return {
    compose(out, window, scene, exposure) {
      copyRails(out, window, rails);
      const view = viewOf(scene);
      for (const cell of view.cells) copyStrip(out, window, strips[cell.tape], cell);
      for (const cell of view.cells) {
        const hole = holes[cell.tape];
        if (cell.spliced) splice(out, window, cell.right);
        lay(out, window, hole, { x: cell.right - hole.width / 2, y: sprocketRow - hole.height / 2 });
      }
      for (const offset of [-2, -1, 0, 1, 2]) {
        const sprite = scene.sprite(offset);
        if (sprite !== null)
          lay(out, window, sprite, { x: view.centre(offset) - patchWidth / 2, y: pocketRow - patchHeight / 2 });
      }
      if (exposure.blurPx > 0) blur(out, window.width, exposure.blurPx);
      sensor.expose(out, window, exposure);
    },
  };
};

/** The piece of tape around one part, columns of the frame. */
interface Cell {
  left: number;
  right: number;
  tape: Tape;
  /** Column of the strip that lies at column 0 of the frame. */
  stripAt: number;
  /** Another reel begins at `right`. */
  spliced: boolean;
}

const viewOf = ({ part, pastPx, neighbour }: Scene): { cells: Cell[]; centre: (offset: number) => number } => {
  const origin = originPx(part, { pastPx });
  const centre = (offset: number): number => tapePx(neighbour(offset)) - origin;
  const middle = (offset: number): number => even((centre(offset) + centre(offset + 1)) / 2);
  const stripAt = ((origin % stripWidth) + stripWidth) % stripWidth;
  const cells = [-2, -1, 0, 1, 2].map((offset): Cell => {
    const { tape, number } = neighbour(offset).reel;
    const end = offset === 2;
    return {
      left: offset === -2 ? 0 : middle(offset - 1),
      right: end ? frameWidth + 200 : middle(offset),
      tape,
      stripAt,
      spliced: !end && neighbour(offset + 1).reel.number !== number,
    };
  });
  return { cells, centre };
};

/** Bayer bytes of the strip, twice beside each other, so that a row of a frame is always one piece. */
const stripBytes = (picture: Parameters<typeof mosaic>[0]): Buffer => {
  const { over, width, height } = mosaic(picture);
  const bytes = Buffer.alloc(2 * over.length);
  for (let row = 0; row < height; row++) {
    bytes.set(over.subarray(row * width, (row + 1) * width), row * 2 * width);
    bytes.set(over.subarray(row * width, (row + 1) * width), (row * 2 + 1) * width);
  }
  return bytes;
};

const copyRails = (out: Buffer, window: Window, rails: Buffer): void => {
  for (let y = window.y; y < window.y + window.height; y++) {
    if (y >= tapeTop && y < tapeBottom) continue;
    const from = y * frameWidth + window.x;
    rails.copy(out, (y - window.y) * window.width, from, from + window.width);
  }
};

const copyStrip = (out: Buffer, window: Window, strip: Buffer, cell: Cell): void => {
  const left = Math.max(cell.left, window.x);
  const right = Math.min(cell.right, window.x + window.width);
  if (left >= right) return;
  for (let y = Math.max(tapeTop, window.y); y < Math.min(tapeBottom, window.y + window.height); y++) {
    const from = (y - tapeTop) * 2 * stripWidth + cell.stripAt + left;
    strip.copy(out, (y - window.y) * window.width + left - window.x, from, from + right - left);
  }
};

const lay = (out: Buffer, window: Window, sprite: Sprite, at: { x: number; y: number }): void => {
  const { over, keep, box } = sprite;
  const left = Math.max(at.x + box.left, window.x);
  const right = Math.min(at.x + box.right, window.x + window.width);
  const top = Math.max(at.y + box.top, window.y);
  const bottom = Math.min(at.y + box.bottom, window.y + window.height);
  for (let y = top; y < bottom; y++) {
    let from = (y - at.y) * sprite.width + left - at.x;
    let to = (y - window.y) * window.width + left - window.x;
    for (let x = left; x < right; x++, from++, to++)
      out[to] = (((out[to] as number) * (keep[from] as number)) >> 8) + (over[from] as number);
  }
};

/** Two reels butted together: a dark gap with a lit edge. */
const splice = (out: Buffer, window: Window, x: number): void => {
  const tones = [0.9, 0.55, 0.3, 0.24, 0.45, 0.85, 1.12, 1.1, 1.04];
  for (let y = Math.max(tapeTop, window.y); y < Math.min(tapeBottom, window.y + window.height); y++)
    for (const [i, tone] of tones.entries()) {
      const column = x - 4 + i;
      if (column < window.x || column >= window.x + window.width) continue;
      const at = (y - window.y) * window.width + column - window.x;
      out[at] = Math.min(255, (out[at] as number) * tone);
    }
};
