/**
 * What the simulated camera writes into the top eight rows of each frame, outside any region of interest, so that drops
 * and latency are measured and not believed. A real camera tells the same by its chunk data.
 *
 * The simulated camera streams raw Bayer pixels (RGGB, one byte each, 1280×720) over TCP without any header: `channels` is 1.
 *
 * 144 bits, each a block of 8×8 pixels, black (0) or white (1), most significant bit first:
 * frame number (32), encoder count at exposure (32), start of exposure in monotonic microseconds (64), CRC-16/CCITT (16).
 */
export interface FrameStamp {
  sequence: number;
  encoder: number;
  exposedAtMs: number;
}

export const stampBlockPx = 8;
export const stampBits = 144;
/** Width of the stamp in pixels; a narrower frame carries none. */
export const stampWidthPx = stampBlockPx * stampBits;

const payloadBytes = 16;

const crc16 = (bytes: Uint8Array, length: number): number => {
  let crc = 0xffff;
  for (let i = 0; i < length; i++) {
    crc ^= (bytes[i] ?? 0) << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
};

/** Writes `stamp` into the first 8 rows of `pixels` (8 bits a channel, `channels` channels, rows of `width` pixels). */
export const writeStamp = (pixels: Uint8Array, width: number, channels: number, stamp: FrameStamp): void => {
  const bytes = new Uint8Array(payloadBytes + 2);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, stamp.sequence);
  view.setUint32(4, stamp.encoder);
  view.setBigUint64(8, BigInt(Math.round(stamp.exposedAtMs * 1000)));
  view.setUint16(16, crc16(bytes, payloadBytes));
  const blockBytes = stampBlockPx * channels;
  for (let bit = 0; bit < stampBits; bit++) {
    const value = ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1 ? 255 : 0;
    pixels.fill(value, bit * blockBytes, (bit + 1) * blockBytes);
  }
  const rowBytes = width * channels;
  for (let row = 1; row < stampBlockPx; row++) pixels.copyWithin(row * rowBytes, 0, stampWidthPx * channels);
};

/** Reads a stamp from one row of pixels (any of the eight); `null` when there is none or it is damaged. */
export const readStamp = (row: Uint8Array, channels: number): FrameStamp | null => {
  if (row.length < stampWidthPx * channels) return null;
  const bytes = new Uint8Array(payloadBytes + 2);
  for (let bit = 0; bit < stampBits; bit++) {
    const middle = (bit * stampBlockPx + stampBlockPx / 2) * channels;
    if ((row[middle] ?? 0) >= 128) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (7 - (bit & 7)));
  }
  const view = new DataView(bytes.buffer);
  if (view.getUint16(16) !== crc16(bytes, payloadBytes)) return null;
  return {
    sequence: view.getUint32(0),
    encoder: view.getUint32(4),
    exposedAtMs: Number(view.getBigUint64(8)) / 1000,
  };
};
