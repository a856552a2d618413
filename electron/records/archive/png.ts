import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

const compress = promisify(deflate);

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What a lossless picture says of itself stands under this keyword. */
const keyword = 'Comment';
/** iTXt: keyword, not compressed, no language, no translated keyword (PNG 3rd edition §11.3.3.4). */
const textHead = Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1');
const ihdrBytes = 25;

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

/** The pixels as PNG, with `text` in its beginning. It is deflated beside the event loop. */
export const encodePng = async (pixels: Pixels, text: string): Promise<Buffer> => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels.width, 0);
  header.writeUInt32BE(pixels.height, 4);
  // Eight bits, RGB (colour type 2); compression, filter and interlace 0.
  header.set([8, 2], 8);
  const data = await compress(filtered(pixels));
  return Buffer.concat([
    ...[signature, chunk('IHDR', header), chunk('iTXt', Buffer.concat([textHead, Buffer.from(text)]))],
    ...[chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))],
  ]);
};

/** The text in the beginning of one of our PNGs, `null` when it is none or cut short. */
export const textInPng = (head: Uint8Array): string | null => {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const at = signature.length + ihdrBytes;
  if (
    !signature.equals(bytes.subarray(0, signature.length)) ||
    bytes.length < at + 8 ||
    bytes.toString('latin1', at + 4, at + 8) !== 'iTXt'
  )
    return null;
  const content = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
  if (content.length < bytes.readUInt32BE(at) || !textHead.equals(content.subarray(0, textHead.length))) return null;
  return content.toString('utf8', textHead.length);
};
