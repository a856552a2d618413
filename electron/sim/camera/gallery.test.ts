import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readStamp, writeStamp } from '../../contract/stamp.ts';
import type { Exposure } from './exposure.ts';
import { type Window, wholeFrame } from './frame.ts';
import { createGallery } from './gallery.ts';
import { frameHeight, frameWidth, fullLight, lightMap } from './light.ts';
import { viewAtSensor } from './view.ts';

/** Light without gradient, no noise: what is left is the scene. */
const plain: Exposure = {
  light: new Uint8Array((frameWidth * frameHeight) / 4).fill(fullLight),
  gain: 1,
  noise: 0,
  blurPx: 0,
  seed: 0,
};
const real: Exposure = { light: lightMap(0, 0), gain: 1, noise: 1, blurPx: 0, seed: 3 };
const gallery = createGallery(9, () => 0.3);
const frameOf = (number: number, exposure: Exposure, window: Window = wholeFrame, from = gallery): Buffer => {
  const out = Buffer.alloc(window.width * window.height);
  from.frame(out, window, viewAtSensor(from.part(number)), exposure);
  return out;
};
const crop = (frame: Buffer, { x, y, width, height }: Window): Buffer =>
  Buffer.concat(
    Array.from({ length: height }, (_, row) => frame.subarray((y + row) * frameWidth + x, (y + row) * frameWidth + x + width)),
  );

describe('frames', { timeout: 90_000 }, () => {
  it('are the same for the same seed and part, whichever were drawn before', () => {
    const fresh = createGallery(9, () => 0.3);
    for (const number of [40, 2, 41]) frameOf(number, real);
    expect(frameOf(42, real).equals(frameOf(42, real, wholeFrame, fresh))).toBe(true);
    expect(frameOf(42, real).equals(frameOf(43, real))).toBe(false);
  });

  it('are the ones that the reference model has learnt: when they change, it has to be trained again', () => {
    const hash = createHash('sha256');
    for (const number of [1, 500, 1000, 1500]) hash.update(frameOf(number, real));
    expect(hash.digest('hex')).toMatchInlineSnapshot(`"60b08f71329b78d4472aa832c49d94890e8fc0522af9603c985ee74f038ca9a9"`);
  });

  it('rendered as a window are that piece of the whole frame', () => {
    const window = { x: 464, y: 184, width: 352, height: 352 };
    expect(frameOf(17, plain, window).equals(crop(frameOf(17, plain), window))).toBe(true);
  });

  it('show a part again, further left, in the next frame', () => {
    const place = (number: number): number => {
      const { spacingCounts, sensorCounts } = gallery.part(number);
      return 2 * Math.round(((number * 160 + spacingCounts) * 2.625) / 2) + 2 * Math.round((sensorCounts * 2.625) / 2);
    };
    for (const number of [100, 101, 102]) {
      const now = frameOf(number, plain);
      const next = frameOf(number + 1, plain);
      const { spacingCounts } = gallery.part(number);
      const centre = 2 * Math.round(((number * 160 + spacingCounts) * 2.625) / 2);
      const x = (at: number): number => 640 + centre - place(at);
      const window = (at: number): Window => ({ x: x(at) - 100, y: 240, width: 200, height: 240 });
      expect(x(number + 1)).toBeLessThan(x(number) - 380);
      expect(crop(next, window(number + 1)).equals(crop(now, window(number)))).toBe(true);
    }
  });

  it('carry a stamp outside of what is inspected', () => {
    const frame = frameOf(5, real);
    const before = crop(frame, { x: 480, y: 200, width: 320, height: 320 });
    expect(readStamp(frame, 1)).toBeNull();
    const stamp = { sequence: 77, encoder: 4_000_000_000, exposedAtMs: 123_456.789 };
    writeStamp(frame, frameWidth, 1, stamp);
    expect(readStamp(frame.subarray(4 * frameWidth, 5 * frameWidth), 1)).toEqual(stamp);
    expect(crop(frame, { x: 480, y: 200, width: 320, height: 320 }).equals(before)).toBe(true);
  });

  it('are neither black nor saturated, and go black with the light off', () => {
    const bright = frameOf(5, real);
    expect(bright.filter((value) => value > 250).length).toBeLessThan(bright.length * 0.02);
    expect(bright.reduce((sum, value) => sum + value, 0) / bright.length).toBeGreaterThan(40);
    expect(Math.max(...frameOf(5, { ...real, gain: 0 }).subarray(0, 100_000))).toBeLessThan(26);
  });
});
