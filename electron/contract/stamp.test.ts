import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStamp, stampBlockPx, writeStamp } from './stamp.ts';

const width = 1280;
const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('stamp', () => {
  it('reads back what was written, in every row and for one or three channels', () => {
    fc.assert(
      fc.property(
        uint32,
        uint32,
        fc.integer({ min: 0, max: 2 ** 40 }),
        fc.constantFrom(1, 3),
        (sequence, encoder, exposedAtUs, channels) => {
          const stamp = { sequence, encoder, exposedAtMs: exposedAtUs / 1000 };
          const pixels = new Uint8Array(width * stampBlockPx * channels);
          writeStamp(pixels, width, channels, stamp);
          for (const row of [0, stampBlockPx / 2, stampBlockPx - 1])
            expect(readStamp(pixels.subarray(row * width * channels, (row + 1) * width * channels), channels)).toEqual(stamp);
        },
      ),
    );
  });

  it('finds none in a picture, and none when a block is damaged', () => {
    const pixels = new Uint8Array(width * stampBlockPx).map((_, index) => (index * 37) % 251);
    expect(readStamp(pixels, 1)).toBeNull();
    writeStamp(pixels, width, 1, { sequence: 7, encoder: 8, exposedAtMs: 9 });
    for (let x = 0; x < stampBlockPx; x++) pixels[31 * stampBlockPx + x] = 255 - (pixels[31 * stampBlockPx + x] ?? 0);
    expect(readStamp(pixels.subarray(0, width), 1)).toBeNull();
    expect(readStamp(pixels.subarray(0, 100), 1)).toBeNull();
  });
});
