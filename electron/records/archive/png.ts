import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

const compress = promisify(deflate);

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What a lossless picture says of itself stands under this keyword. */
const keyword = 'Comment';
/** iTXt: keyword, not compressed, no language, no translated keyword (PNG 3rd edition §11.3.3.4). */
const textHead = Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1');
/** A chunk of our own: ancillary, private, and not to be copied into a picture whose pixels are changed (PNG §5.4). */
const thumbnailType = 'thNB';

/** Eight bits a channel, three channels a pixel (RGB), row by row. */
export interface Pixels {
  width: number;
  height: number;
  rgb: Uint8Array;
}

/** A chunk: length, type, content, CRC over type and content (PNG §5.3). */
const chunk = (type: string, content: Uint8Array): Buffer => {
  const bytes = Buffer.alloc(12 + content.length);
  bytes.writeUInt32BE(content.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(content, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + content.length)), 8 + content.length);
  return bytes;
};

/** Each row behind its filter's number: the difference to the pixel on the left (type 1), which deflates well and fast. */
const filtered = ({ width, height, rgb }: Pixels): Buffer => {
  const rowBytes = width * 3;
  const rows = Buffer.alloc((rowBytes + 1) * height);
  for (let y = 0, to = 0, from = 0; y < height; y++) {
    rows[to++] = 1;
    for (let x = 0; x < rowBytes; x++, to++, from++) rows[to] = (rgb[from] ?? 0) - (x < 3 ? 0 : (rgb[from - 3] ?? 0));
  }
  return rows;
};

/** The pixels as PNG, with `text` and a thumbnail (JPEG) in its beginning. It is deflated beside the event loop. */
export const encodePng = async (pixels: Pixels, text: string, thumbnail?: Uint8Array): Promise<Buffer> => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels.width, 0);
  header.writeUInt32BE(pixels.height, 4);
  // Eight bits, RGB (colour type 2); compression, filter and interlace 0.
  header.set([8, 2], 8);
  const data = await compress(filtered(pixels));
  return Buffer.concat([
    ...[signature, chunk('IHDR', header), chunk('iTXt', Buffer.concat([textHead, Buffer.from(text)]))],
    ...(thumbnail === undefined ? [] : [chunk(thumbnailType, thumbnail)]),
    ...[chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))],
  ]);
};

/** The content of the first chunk of `type` in the beginning of a PNG, `null` when it is not there or cut short. */
const firstIn = (head: Uint8Array, type: string): Buffer | null => {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (!signature.equals(bytes.subarray(0, signature.length))) return null;
  for (let at = signature.length; at + 8 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === type) return end <= bytes.length ? bytes.subarray(at + 8, end) : null;
    // Behind the content its CRC.
    at = end + 4;
  }
  return null;
};

/** The text in the beginning of one of our PNGs, `null` when it is none or cut short. */
export const textInPng = (head: Uint8Array): string | null => {
  const content = firstIn(head, 'iTXt');
  if (content === null || !textHead.equals(content.subarray(0, textHead.length))) return null;
  return content.toString('utf8', textHead.length);
};

/** The small JPEG in the beginning of one of our PNGs, `null` when there is none or it is cut short. */
export const thumbnailInPng = (head: Uint8Array): Uint8Array | null => firstIn(head, thumbnailType);
