import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameScored } from '../contract/frame.ts';
import type { FaultReason } from '../contract/verdict.ts';
import type { VerdictRule } from './decide.ts';
import { decidePart } from './fuse.ts';

const rule: VerdictRule = {
  labels: [
    { name: 'good', verdict: 'ok' },
    { name: 'cracked', verdict: 'nok' },
  ],
  thresholds: { ok: 0.9, nok: 0.7 },
  alone: [Infinity, Infinity],
  frames: 'worst',
  leastFrames: 1,
};
const mean: VerdictRule = { ...rule, frames: 'mean' };
const frame = (good: number, fault: FaultReason | null = null, sequence = 0): FrameScored => ({
  ...{ type: 'scored', sequence, missedBefore: 0, encoder: null, exposedAtMs: null },
  ...{ inMemoryAtMs: 0, preparedAtMs: 0, inferredAtMs: 0, fault, parts: null },
  scores: fault === null ? [good, 1 - good] : [],
});
const ok = frame(0.98, null, 1);
const nok = frame(0.1, null, 2);
const unsure = frame(0.8, null, 3);
const black = frame(0, 'black', 4);
const broken = frame(Number.NaN, null, 5);

describe('one verdict from several frames', () => {
  it.each([
    ['one frame', rule, [nok], 'nok cracked 2'],
    ['one bad sight among good ones', rule, [ok, nok, ok], 'nok cracked 2'],
    ['one doubtful among good ones', rule, [ok, unsure], 'unsure low-confidence 3'],
    ['the mean of the scores', mean, [ok, frame(0.99), unsure], 'ok good 3'],
    ['a failed frame does not count', rule, [black, ok], 'ok good 1'],
    ['all frames failed: the reason of the first check', rule, [black, frame(0, 'torn')], 'error black 4'],
    ['too few good frames, with the check that failed', { ...rule, leastFrames: 2 }, [ok, black], 'error black 4'],
    ['too few frames', { ...rule, leastFrames: 2 }, [ok], 'error frame-lost 1'],
    ['scores that are none in any frame', rule, [ok, nok, broken], 'error model-fault 5'],
    ['scores that are none in any frame, by the mean', mean, [broken, ok], 'error model-fault 5'],
  ] as const)('%s', (_what, by, frames, expected) => {
    const { verdict, frame: told } = decidePart(frames, by);
    expect(`${verdict.kind} ${verdict.reason} ${told.sequence}`).toBe(expected);
  });

  it('does not depend on the order of the frames, and more bad frames never make a part better', () => {
    const frames = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });
    const rank = { ok: 0, unsure: 1, nok: 2, error: 3 };
    fc.assert(
      fc.property(frames, fc.double({ min: 0, max: 1, noNaN: true }), (goods, extra) => {
        const [first, ...others] = goods.map((good) => frame(good)) as [FrameScored, ...FrameScored[]];
        const { verdict } = decidePart([first, ...others], rule);
        const [last, ...before] = [first, ...others].toReversed() as [FrameScored, ...FrameScored[]];
        expect(decidePart([last, ...before], rule).verdict).toEqual(verdict);
        expect(rank[decidePart([first, ...others, frame(extra)], rule).verdict.kind]).toBeGreaterThanOrEqual(rank[verdict.kind]);
      }),
    );
  });
});
