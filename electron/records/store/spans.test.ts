import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cover, endOf, type Span, startOf } from './spans.ts';

const time = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2028, 0) });
const span = fc.constantFrom<Span>('minute', 'hour', 'day', 'month');

describe('spans of time', () => {
  it('begin at or before and end after what lies in them', () => {
    fc.assert(
      fc.property(span, time, (each, ms) => {
        expect(startOf(each, ms)).toBeLessThanOrEqual(ms);
        expect(endOf(each, ms)).toBeGreaterThan(ms);
        expect(startOf(each, endOf(each, ms))).toBe(endOf(each, ms));
        expect(startOf(each, endOf(each, ms) - 1)).toBe(startOf(each, ms));
      }),
    );
  });

  it('cover a time without hole or overlap, in few pieces', () => {
    fc.assert(
      fc.property(time, fc.integer({ min: 0, max: 400 * 86_400_000 }), (fromMs, lengthMs) => {
        const pieces = cover(fromMs, fromMs + lengthMs);
        expect(pieces.length).toBeLessThanOrEqual(7);
        expect(pieces.length === 0).toBe(lengthMs === 0);
        if (lengthMs === 0) return;
        expect(pieces[0]?.fromMs).toBe(startOf('minute', fromMs));
        expect(pieces.at(-1)?.toMs).toBe(endOf('minute', fromMs + lengthMs - 1));
        for (const [index, piece] of pieces.entries()) {
          expect(startOf(piece.span, piece.fromMs)).toBe(piece.fromMs);
          expect(startOf(piece.span, piece.toMs)).toBe(piece.toMs);
          if (index > 0) expect(piece.fromMs).toBe(pieces[index - 1]?.toMs);
        }
      }),
    );
  });
});
