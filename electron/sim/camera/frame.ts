import { createPicture } from './draw/picture.ts';
import { drawRails } from './draw/rails.ts';
import {
  drawSprocket,
  drawStrip,
  patchHeight,
  patchWidth,
  pitchPx,
  pocketRow,
  sprocketRow,
  stripWidth,
  tapeBottom,
  tapeTop,
} from './draw/tape.ts';
import type { Textures } from './draw/texture.ts';
import { frameHeight, frameWidth } from './light.ts';
import { mosaic, type Sprite } from './mosaic.ts';
import type { Part, Tape } from './part.ts';
import { randomOf } from './prng.ts';

/** A rectangle of the frame; all four even. */
export interface Window {
  x: number;
  y: number;
  width: number;
  height: number;
}
export const wholeFrame: Window = { x: 0, y: 0, width: frameWidth, height: frameHeight };

/** What is seen: a part in the middle with its neighbours (the earlier one left of it: the belt runs to the left). */
export interface Scene {
  part: Part;
  /** Part `part.number + offset`; asked for -2 … 2. */
  neighbour(offset: number): Part;
  /** The picture of that part, or `null` where it lies outside the window; asked for -1 … 1. */
  sprite(offset: number): Sprite | null;
}

/** How the camera sees it. */
export interface Exposure {
  /** From {@link lightMap}. */
  light: Uint16Array;
  /** Strobe energy of this exposure, 1 is normal. */
  strobe: number;
  /** 1 is normal, 0 none. */
  noise: number;
  /** Deviation of the blur, pixels; 0 is in focus. */
  blurPx: number;
  /** Chooses this frame's noise. */
  seed: number;
}

const pixelsPerCount = pitchPx / 160;
const countsPerPart = 160;

/** Where part lies on the tape, pixels from part 0; even. */
const tapePx = (part: Part): number => 2 * Math.round(((part.number * countsPerPart + part.spacingCounts) * pixelsPerCount) / 2);
const even = (value: number): number => 2 * Math.round(value / 2);

/** Composes raw Bayer frames (RGGB, one byte a pixel) from what was drawn before. */
export interface FrameComposer {
  /** Writes the `window` of the frame into `out` (`window.width * window.height` bytes). */
  compose(out: Buffer, window: Window, scene: Scene, exposure: Exposure): void;
}

const tapes = ['white', 'cream', 'plastic'] as const;

export const createFrameComposer = (textures: Textures): FrameComposer => {
  const strips = new Map(tapes.map((tape) => [tape, stripBytes(drawStrip(tape, textures))]));
  const holes = new Map(tapes.map((tape) => [tape, mosaic(drawSprocket(tape, textures))]));
  const rails = Buffer.from(mosaic(drawRails(textures, createPicture(frameWidth, frameHeight))).over);
  const noise = noiseTable();
  return {
    compose(out, window, scene, exposure) {
      copyRails(out, window, rails);
      const view = viewOf(scene);
      for (const cell of view.cells) {
        const strip = strips.get(cell.tape);
        if (strip !== undefined) copyStrip(out, window, strip, cell);
      }
      for (const cell of view.cells) {
        const hole = holes.get(cell.tape);
        if (hole !== undefined) lay(out, window, hole, { x: cell.right - hole.width / 2, y: sprocketRow - hole.height / 2 });
        if (cell.spliced) splice(out, window, cell.right);
      }
      for (const offset of [-1, 0, 1]) {
        const sprite = scene.sprite(offset);
        if (sprite !== null) lay(out, window, sprite, { x: view.centre(offset) - patchWidth / 2, y: pocketRow - patchHeight / 2 });
      }
      if (exposure.blurPx > 0) blur(out, window, exposure.blurPx);
      expose(out, window, exposure, noise);
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

const viewOf = ({ part, neighbour }: Scene): { cells: Cell[]; centre: (offset: number) => number } => {
  const origin = tapePx(part) - frameWidth / 2 + even(part.sensorCounts * pixelsPerCount);
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
  const left = Math.max(at.x, window.x);
  const right = Math.min(at.x + sprite.width, window.x + window.width);
  const top = Math.max(at.y, window.y);
  const bottom = Math.min(at.y + sprite.height, window.y + window.height);
  const { over, keep } = sprite;
  for (let y = top; y < bottom; y++) {
    let from = (y - at.y) * sprite.width + left - at.x;
    let to = (y - window.y) * window.width + left - window.x;
    for (let x = left; x < right; x++, from++, to++)
      out[to] = (((out[to] as number) * (keep[from] as number)) >> 8) + (over[from] as number);
  }
};

/** Two reels butted together: a dark gap with a lit edge. */
const splice = (out: Buffer, window: Window, x: number): void => {
  const tones = [0.8, 0.35, 0.2, 0.3, 1.15, 1.06];
  for (let y = Math.max(tapeTop, window.y); y < Math.min(tapeBottom, window.y + window.height); y++)
    for (const [i, tone] of tones.entries()) {
      const column = x - 3 + i;
      if (column < window.x || column >= window.x + window.width) continue;
      const at = (y - window.y) * window.width + column - window.x;
      out[at] = Math.min(255, (out[at] as number) * tone);
    }
};

/** Blurs along and across with pixels of the same colour, two steps of [w, 1-2w, w], repeated for a large deviation. */
const blur = (out: Buffer, { width, height }: Window, deviationPx: number): void => {
  // One pass of [w, 1-2w, w] over every second pixel has the variance 8 w; w above 1/4 would ring.
  const passes = Math.max(1, Math.ceil(deviationPx ** 2 / 2));
  const weight = Math.round((65536 * deviationPx ** 2) / passes / 8);
  const keep = 65536 - 2 * weight;
  const line = new Uint8Array(Math.max(width, height));
  const along = (start: number, step: number, length: number): void => {
    for (let i = 0, at = start; i < length; i++, at += step) line[i] = out[at] as number;
    for (let i = 2, at = start + 2 * step; i < length - 2; i++, at += step)
      out[at] = ((line[i] as number) * keep + ((line[i - 2] as number) + (line[i + 2] as number)) * weight + 32768) >>> 16;
  };
  for (let pass = 0; pass < passes; pass++) {
    for (let y = 0; y < height; y++) along(y * width, 1, width);
    for (let x = 0; x < width; x++) along(x, width, height);
  }
};

const noiseLength = 1 << 19;

const noiseTable = (): Int8Array => {
  const random = randomOf(90);
  return Int8Array.from({ length: noiseLength }, () => Math.max(-127, Math.min(127, random.gauss() * 32)));
};

/** Light falls on the sensor: brightness by place, and noise that grows with the light. */
const expose = (out: Buffer, window: Window, { light, strobe, noise, seed }: Exposure, table: Int8Array): void => {
  const clamped = new Uint8ClampedArray(out.buffer, out.byteOffset, out.length);
  const random = randomOf(seed, 91);
  const energy = Math.round(strobe * 256);
  const strength = Math.round(noise * 36);
  for (let y = 0, at = 0; y < window.height; y++) {
    let lit = (y + window.y) * frameWidth + window.x;
    let grain = random.int(noiseLength - window.width);
    for (let x = 0; x < window.width; x++, at++, lit++, grain++) {
      const value = ((out[at] as number) * (light[lit] as number) * energy) >> 16;
      clamped[at] = value + (((table[grain] as number) * strength * (90 + value)) >> 16);
    }
  }
};
