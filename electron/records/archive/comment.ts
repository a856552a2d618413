import { z } from 'zod';
import { verdictKinds } from '../../contract/verdict.ts';
import { textInPng, thumbnailInPng } from './png.ts';

/** What a picture says of itself, wherever it is carried: the JPEG's comment (ITU-T T.81 §B.2.4.5), as JSON. */
const pictureFacts = z.object({
  station: z.string(),
  lane: z.string(),
  sequence: z.int().positive(),
  partId: z.int(),
  verdict: z.enum(verdictKinds),
  /** Wall clock, as people write it. */
  decidedAt: z.iso.datetime(),
});
export type PictureFacts = z.infer<typeof pictureFacts>;

const startOfImage = 0xffd8;
const comment = 0xfffe;
const app0 = 0xffe0;
/** JFIF extension: a thumbnail that is a JPEG itself (JFIF 1.02, “JFIF extension APP0 marker segment”). */
const jfxx = Buffer.from('JFXX\0\x10', 'latin1');
/** A larger one is no thumbnail. */
const mostThumbnailBytes = 16 * 1024;
/** Whether it may stand in the beginning of a picture, of which {@link thumbnailHeadBytes} are read. */
export const isSmall = (thumbnail: Uint8Array): boolean => thumbnail.length <= mostThumbnailBytes;
/** Facts and thumbnail lie in the first so many bytes. */
export const thumbnailHeadBytes = 20 * 1024;
/** Marker and length. */
const headBytes = 4;

/** The JPEG with `facts` in a comment right behind its beginning, and its thumbnail; what is no JPEG stays as it is. */
export const withFacts = (jpeg: Uint8Array, facts: PictureFacts, thumbnail?: Uint8Array): Uint8Array => {
  if (jpeg.length < 2 || new DataView(jpeg.buffer, jpeg.byteOffset).getUint16(0) !== startOfImage) return jpeg;
  const small = thumbnail === undefined ? [] : segment(app0, Buffer.concat([jfxx, thumbnail]));
  const text = Buffer.from(JSON.stringify(facts));
  return Buffer.concat([jpeg.subarray(0, 2), ...segment(comment, text), ...small, jpeg.subarray(2)]);
};

const segment = (marker: number, content: Uint8Array): Uint8Array[] => {
  const head = Buffer.alloc(headBytes);
  head.writeUInt16BE(marker, 0);
  // The length counts itself, not the marker.
  head.writeUInt16BE(content.length + 2, 2);
  return [head, content];
};

/** The thumbnail in the beginning of a picture (its first {@link thumbnailHeadBytes}), `null` when there is none or it is cut short. */
export const thumbnailIn = (head: Uint8Array): Uint8Array | null => thumbnailInPng(head) ?? thumbnailInJpeg(head);

const thumbnailInJpeg = (jpeg: Uint8Array): Uint8Array | null => {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  for (let at = 2; at + headBytes <= bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt16BE(at);
    if (marker !== comment && marker !== app0) return null;
    const content = bytes.subarray(at + headBytes, at + 2 + bytes.readUInt16BE(at + 2));
    if (marker !== app0 || !content.subarray(0, jfxx.length).equals(jfxx)) continue;
    return at + 2 + bytes.readUInt16BE(at + 2) <= bytes.length ? content.subarray(jfxx.length) : null;
  }
  return null;
};

const commentIn = (jpeg: Uint8Array): string | null => {
  if (jpeg.length < 2 + headBytes) return null;
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  if (view.getUint16(0) !== startOfImage || view.getUint16(2) !== comment) return null;
  return Buffer.from(jpeg.subarray(2 + headBytes, 4 + view.getUint16(4))).toString();
};

/** The facts in the beginning of a JPEG or of our PNG, `null` when there are none that can be read. */
export const factsIn = (jpeg: Uint8Array): PictureFacts | null => {
  const text = textInPng(jpeg) ?? commentIn(jpeg);
  if (text === null) return null;
  try {
    return pictureFacts.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};
