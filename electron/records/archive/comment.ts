import { z } from 'zod';
import { verdictKinds } from '../../contract/verdict.ts';

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
/** Marker and length. */
const headBytes = 4;

/** The JPEG with `facts` in a comment right behind its beginning; what is no JPEG stays as it is. */
export const withFacts = (jpeg: Uint8Array, facts: PictureFacts): Uint8Array => {
  if (jpeg.length < 2 || new DataView(jpeg.buffer, jpeg.byteOffset).getUint16(0) !== startOfImage) return jpeg;
  const text = Buffer.from(JSON.stringify(facts));
  const head = Buffer.alloc(headBytes);
  head.writeUInt16BE(comment, 0);
  // The length counts itself, not the marker.
  head.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, text, jpeg.subarray(2)]);
};

/** The facts in the beginning of a JPEG, `null` when there are none that can be read. */
export const factsIn = (jpeg: Uint8Array): PictureFacts | null => {
  if (jpeg.length < 2 + headBytes) return null;
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  if (view.getUint16(0) !== startOfImage || view.getUint16(2) !== comment) return null;
  const text = Buffer.from(jpeg.subarray(2 + headBytes, 4 + view.getUint16(4))).toString();
  try {
    return pictureFacts.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};
