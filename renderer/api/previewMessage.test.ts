import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPreviewMessage } from './previewMessage.ts';

const encode = (header: unknown, jpeg: number[]): ArrayBuffer => {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const message = new Uint8Array(4 + json.length + jpeg.length);
  new DataView(message.buffer).setUint32(0, json.length);
  message.set(json, 4);
  message.set(jpeg, 4 + json.length);
  return message.buffer;
};

describe('preview message', () => {
  it('gives header and picture', () => {
    const read = readPreviewMessage(encode({ frameSequence: 7 }, [1, 2, 3]));
    expect(read?.header.frameSequence).toBe(7);
    expect(Array.from(read?.jpeg ?? [])).toEqual([1, 2, 3]);
  });

  it('skips what is no such message, whatever it is', () => {
    expect(readPreviewMessage(encode({}, []))).toBeNull();
    expect(readPreviewMessage(new Uint8Array([0xff, 0xff, 0xff, 0xff, 1]).buffer)).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const read = readPreviewMessage(new Uint8Array(bytes).buffer);
        if (read !== null) expect(bytes.length).toBeGreaterThan(4);
      }),
    );
  });
});
