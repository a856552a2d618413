import fc from 'fast-check';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodePng, type Pixels, textInPng, thumbnailInPng } from './png.ts';

/** Reads the PNGs that we write, by the book: chunks, one after the other, and the rows behind their filter. */
const decode = (png: Buffer): Pixels => {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const [header = Buffer.alloc(13), data = Buffer.alloc(0)] = [chunks.get('IHDR'), chunks.get('IDAT')];
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(data);
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width * 3; x++) {
      const at = y * width * 3 + x;
      rgb[at] = (rows[y * (width * 3 + 1) + 1 + x] ?? 0) + (x < 3 ? 0 : (rgb[at - 3] ?? 0));
    }
  return { width, height, rgb };
};

const pixels = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9 }))
  .chain(([width, height]) =>
    fc.uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 }).map((rgb) => ({ width, height, rgb })),
  );

describe('a PNG', () => {
  it('has every pixel as it was, and its text', () =>
    fc.assert(
      fc.asyncProperty(pixels, fc.string({ unit: 'binary' }), async (picture, text) => {
        const png = await encodePng(picture, text);
        expect(decode(png)).toEqual(picture);
        expect(textInPng(png)).toBe(Buffer.from(text).toString());
      }),
    ));

  it('has its thumbnail in its beginning, which is found there or not at all', () =>
    fc.assert(
      fc.asyncProperty(pixels, fc.uint8Array(), async (picture, thumbnail) => {
        const png = await encodePng(picture, 'press-4', thumbnail);
        expect(decode(png)).toEqual(picture);
        expect(thumbnailInPng(png)).toEqual(Buffer.from(thumbnail));
        const begins = png.indexOf('thNB') + 4;
        for (let bytes = 0; bytes < begins + thumbnail.length; bytes++) expect(thumbnailInPng(png.subarray(0, bytes))).toBeNull();
        expect(thumbnailInPng(await encodePng(picture, 'press-4'))).toBeNull();
      }),
      { numRuns: 30 },
    ));

  it('that is cut short, and what is none, has no text', async () => {
    const png = await encodePng({ width: 1, height: 1, rgb: Uint8Array.of(1, 2, 3) }, 'press-4');
    for (let bytes = 0; bytes < 55; bytes++) expect(textInPng(png.subarray(0, bytes))).toBeNull();
    fc.assert(fc.property(fc.uint8Array(), (bytes) => textInPng(bytes) === null));
  });
});
