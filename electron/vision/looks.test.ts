import { describe, expect, it } from 'vitest';
import { openLooks } from './looks.ts';
import { cv, type Mat } from './opencv.ts';

const width = 320;
const height = 160;
const roi = { x: 80, y: 40, width: 160, height: 80 };
const shape = { width, height, channels: 1, roi, stamped: true, sharpness: true };

/** A frame of one channel, pixel by pixel. */
const frameOf = (pixel: (x: number, y: number) => number): Mat =>
  new cv.Mat(
    Buffer.from(Array.from({ length: width * height }, (_, i) => pixel(i % width, Math.floor(i / width)))),
    height,
    width,
    cv.CV_8UC1,
  );
const texture = (x: number, y: number): number => 60 + ((x * 7 + y * 13) % 100);

describe('openLooks', () => {
  it('finds nothing wrong with a picture', () => {
    const looks = openLooks(shape).read(frameOf(texture), false);
    expect(looks).toMatchObject({ fits: true, blackShare: 0, saturatedShare: 0, emptyShare: 0, same: false });
    expect(looks.sharpness).toBeGreaterThan(10);
  });

  it('measures light in the region of interest only', () => {
    const inside = (x: number, y: number): boolean => x >= 80 && x < 240 && y >= 40 && y < 120;
    const dark = openLooks(shape).read(
      frameOf((x, y) => (inside(x, y) ? 12 : 200)),
      false,
    );
    expect(dark).toMatchObject({ blackShare: 1, saturatedShare: 0 });
    const half = openLooks(shape).read(
      frameOf((x) => (x < 160 ? 255 : 90)),
      false,
    );
    expect(half).toMatchObject({ blackShare: 0, saturatedShare: 0.5 });
  });

  it('finds the part of a frame that never arrived', () => {
    const torn = openLooks(shape).read(
      frameOf((x, y) => (y < 120 ? texture(x, y) : 0)),
      false,
    );
    expect(torn.emptyShare).toBe(0.25);
  });

  it('knows a picture again whatever its stamp says, and one grey level of noise makes it another', () => {
    const reader = openLooks(shape);
    reader.read(frameOf(texture), false);
    expect(
      reader.read(
        frameOf((x, y) => (y < 8 ? 255 : texture(x, y))),
        false,
      ).same,
    ).toBe(true);
    expect(
      reader.read(
        frameOf((x, y) => texture(x, y) + (x === 64 && y === 64 ? 1 : 0)),
        false,
      ).same,
    ).toBe(false);
  });

  it('measures blur', () => {
    const looks = openLooks(shape).read(
      frameOf((x) => x / 2),
      false,
    );
    expect(looks.sharpness).toBeCloseTo(1, 1);
  });

  it('refuses another size and other channels', () => {
    const reader = openLooks(shape);
    expect(reader.read(new cv.Mat(height, width, cv.CV_8UC3, [9, 9, 9]), false).fits).toBe(false);
    expect(reader.read(new cv.Mat(height / 2, width, cv.CV_8UC1, 9), false).fits).toBe(false);
  });
});
