import type { PreviewHeader } from '../../electron/contract/api.ts';

export interface PreviewMessage {
  header: PreviewHeader;
  jpeg: Uint8Array<ArrayBuffer>;
}

/** A header is a few hundred bytes; one that claims more is not ours. */
const mostHeaderBytes = 64 * 1024;

/**
 * Takes a message of `/preview/<lane>` apart: four bytes of length (big endian), JSON, JPEG. Copies nothing.
 * @returns `null` when it is no such message: one bad picture is skipped, the next one comes in 80 ms
 */
export const readPreviewMessage = (message: ArrayBuffer): PreviewMessage | null => {
  if (message.byteLength < 4) return null;
  const length = new DataView(message).getUint32(0);
  if (length > mostHeaderBytes || message.byteLength <= 4 + length) return null;
  try {
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(message, 4, length))) as PreviewHeader;
    return { header, jpeg: new Uint8Array(message, 4 + length) };
  } catch {
    return null;
  }
};
