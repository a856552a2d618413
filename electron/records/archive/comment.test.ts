import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { factsIn, isSmall, thumbnailIn, withFacts } from './comment.ts';

const facts = {
  ...{ station: 'press-4', lane: 'lane-1', sequence: 7, partId: 99, verdict: 'nok' as const },
  decidedAt: '2026-11-21T06:00:00.000Z',
};
const jpeg = readFileSync(join(import.meta.dirname, '../../../test/ui/part.jpg'));

describe('the facts in a picture', () => {
  it('are read as they were written, and the picture itself is unchanged', () => {
    const marked = withFacts(jpeg, facts);
    expect(factsIn(marked)).toEqual(facts);
    const added = marked.length - jpeg.length;
    expect(Buffer.from(marked.subarray(2 + added)).equals(jpeg.subarray(2))).toBe(true);
  });

  it('are not there where there are none, whatever the bytes', () => {
    expect(factsIn(jpeg)).toBeNull();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => factsIn(bytes) === null));
  });

  it('are missing from a picture that is cut short', () => {
    expect(factsIn(withFacts(jpeg, facts).subarray(0, 40))).toBeNull();
  });

  it('stand beside a thumbnail, which is found in the first bytes and nowhere else', () => {
    const marked = withFacts(jpeg, facts, new Uint8Array(300).fill(9));
    expect(thumbnailIn(marked.subarray(0, 1000))).toEqual(Buffer.alloc(300, 9));
    expect(factsIn(marked)).toEqual(facts);
    expect(thumbnailIn(marked.subarray(0, 400))).toBeNull();
    expect(thumbnailIn(withFacts(jpeg, facts))).toBeNull();
    expect([isSmall(new Uint8Array(300)), isSmall(new Uint8Array(20_000))]).toEqual([true, false]);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => thumbnailIn(bytes) === null));
  });

  it('are not put into what is no JPEG', () => {
    const noise = Uint8Array.of(1, 2, 3);
    expect(withFacts(noise, facts)).toBe(noise);
  });
});
