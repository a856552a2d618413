import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterShowing, holdMs, isAdmitted, isBad, nothingShown, restMs, type Shown } from './admit.ts';

const verdict = (kind: string) => ({ kind, reason: '', confidence: 1, partId: 1 });

/** Which of the frames, one each `everyMs`, get the picture. */
const play = (kinds: (string | null)[], everyMs: number) => {
  let shown: Shown = nothingShown;
  const seen: { kind: string | null; atMs: number }[] = [];
  kinds.forEach((kind, index) => {
    const atMs = index * everyMs;
    const incoming = kind === null ? null : verdict(kind);
    if (!isAdmitted(shown, incoming, atMs)) return;
    shown = afterShowing(shown, incoming, atMs);
    seen.push({ kind, atMs });
  });
  return seen;
};
const kinds = fc.array(fc.constantFrom('ok', 'ok', 'ok', 'nok', 'unsure', 'error', null), { maxLength: 300 });

describe('what gets the picture', () => {
  it('shows every good part', () => {
    expect(play(Array<string>(30).fill('ok'), 83)).toHaveLength(30);
  });

  it('shows a bad part at once and keeps it', () => {
    const seen = play(['ok', 'ok', 'nok', ...Array<string>(20).fill('ok')], 83);
    expect(seen[2]).toEqual({ kind: 'nok', atMs: 166 });
    expect((seen[3]?.atMs ?? 0) - 166).toBeGreaterThanOrEqual(holdMs);
  });

  it('never hides that all parts are bad', () => {
    const seen = play(Array<string>(60).fill('error'), 83);
    expect(seen.every(({ kind }) => kind === 'error')).toBe(true);
    expect(seen.length).toBeGreaterThan(3);
  });

  it('shows every part of a slow line', () => {
    expect(play(['ok', 'nok', 'nok', 'ok', 'unsure'], 1000)).toHaveLength(5);
  });

  it('never changes between good and bad more than three times a second', () => {
    fc.assert(
      fc.property(kinds, fc.integer({ min: 10, max: 200 }), (frames, everyMs) => {
        const seen = play(frames, everyMs);
        const flips = seen.filter(({ kind }, index) => index > 0 && isBad(kind) !== isBad(seen[index - 1]?.kind ?? null));
        for (const { atMs } of flips) {
          const within = flips.filter((other) => other.atMs >= atMs && other.atMs < atMs + 1000);
          expect(within.length).toBeLessThanOrEqual(3);
        }
      }),
    );
  });

  it('rests between two bad parts while good ones come', () => {
    const frames = Array.from({ length: 200 }, (_, index) => (index % 3 === 0 ? 'nok' : 'ok'));
    const bad = play(frames, 83).filter(({ kind }) => kind === 'nok');
    for (let index = 1; index < bad.length; index += 1)
      expect((bad[index]?.atMs ?? 0) - (bad[index - 1]?.atMs ?? 0)).toBeGreaterThanOrEqual(holdMs + restMs);
  });
});
