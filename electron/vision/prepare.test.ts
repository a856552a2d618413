import { describe, expect, it } from 'vitest';
import { cv, type Mat } from './opencv.ts';
import { alignRoi, pixelFormat, type PixelFormat, toJpeg, toJpegs } from './pixels.ts';
import { prepare } from './prepare.ts';

const input = { name: 'image', width: 8, height: 8, resize: 'area' as const };

/** A frame of one colour, as a camera of `format` would see it. */
const plain = (format: PixelFormat, [red, green, blue]: [number, number, number], width = 64, height = 48): Mat => {
  if (format === 'bgr') return new cv.Mat(height, width, cv.CV_8UC3, [blue, green, red]);
  if (format === 'gray') return new cv.Mat(height, width, cv.CV_8UC1, green);
  const first = { 'bayer-rg': 'rggb', 'bayer-bg': 'bggr', 'bayer-gr': 'grbg', 'bayer-gb': 'gbrg' }[format];
  const value = { r: red, g: green, b: blue };
  const pixels = Buffer.alloc(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) pixels[y * width + x] = value[first[(y & 1) * 2 + (x & 1)] as 'r' | 'g' | 'b'];
  return new cv.Mat(pixels, height, width, cv.CV_8UC1);
};

describe('prepare', () => {
  const roi = { x: 8, y: 8, width: 32, height: 32 };

  it.each(['bgr', 'bayer-rg', 'bayer-bg', 'bayer-gr', 'bayer-gb'] as const)('gives red, green, blue from %s', (format) => {
    const pixels = prepare(plain(format, [200, 100, 50]), format, roi, input);
    expect(pixels).toHaveLength(8 * 8 * 3);
    expect(Array.from(pixels.subarray(0, 3))).toEqual([200, 100, 50]);
    expect(Array.from(pixels.subarray(-3))).toEqual([200, 100, 50]);
  });

  it('repeats the one channel of a grey camera', () => {
    expect(Array.from(prepare(plain('gray', [0, 77, 0]), 'gray', roi, input).subarray(0, 3))).toEqual([77, 77, 77]);
  });

  it('takes the region of interest and nothing else', () => {
    const frame = plain('bgr', [0, 0, 0]);
    for (let y = 8; y < 40; y++) for (let x = 8; x < 40; x++) frame.set(y, x, [9, 9, 9]);
    expect(new Set(prepare(frame, 'bgr', roi, input))).toEqual(new Set([9]));
  });

  it('leaves a region alone that has the model’s size already', () => {
    const pixels = prepare(plain('bgr', [1, 2, 3]), 'bgr', { x: 0, y: 0, width: 8, height: 8 }, { ...input, resize: 'linear' });
    expect(Array.from(pixels.subarray(0, 6))).toEqual([1, 2, 3, 1, 2, 3]);
  });
});

describe('pixels', () => {
  it('starts a region where the colour filter’s pattern starts', () => {
    expect(alignRoi({ x: 3, y: 5, width: 33, height: 32 }, 'bayer-rg')).toEqual({ x: 2, y: 4, width: 32, height: 32 });
    expect(alignRoi({ x: 3, y: 5, width: 33, height: 32 }, 'bgr')).toEqual({ x: 3, y: 5, width: 33, height: 32 });
  });

  it('knows a format by camera and channels, and refuses what it does not know', () => {
    expect(pixelFormat({ kind: 'gstreamer', pipeline: '', stamped: false, bayer: 'gb' }, 1)).toBe('bayer-gb');
    expect(pixelFormat({ kind: 'gstreamer', pipeline: '', stamped: false }, 1)).toBe('gray');
    expect(pixelFormat({ kind: 'sim', host: '', port: 1 }, 3)).toBe('bgr');
    expect(pixelFormat({ kind: 'sim', host: '', port: 1 }, 4)).toBeNull();
  });

  it('makes a JPEG of the right size and colour', () => {
    const image = cv.imdecode(toJpeg(plain('bayer-rg', [200, 100, 50]), 'bayer-rg', 95, 0.5), cv.IMREAD_COLOR);
    expect([image.cols, image.rows]).toEqual([32, 24]);
    const [b = 0, g = 0, r = 0] = image.getData();
    const both = toJpegs(plain('gray', [9, 9, 9]), 'gray', [
      { quality: 90, scale: 1 },
      { quality: 70, scale: 0.25 },
    ]);
    expect(both.map((jpeg) => cv.imdecode(jpeg, cv.IMREAD_COLOR).cols)).toEqual([64, 16]);
    expect(Math.abs(r - 200) + Math.abs(g - 100) + Math.abs(b - 50)).toBeLessThan(12);
  });
});
