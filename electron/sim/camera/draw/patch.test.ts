import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type PartLabel, partLabels, partOf } from '../part.ts';
import { createPartPainter } from './patch.ts';

const hash = (data: Uint8ClampedArray): string => createHash('sha256').update(data).digest('hex');
const first = (label: PartLabel, from = 0): number => {
  for (let n = from; ; n++) if (partOf(5, n, 0.5).label === label) return n;
};

describe('drawing a part', { timeout: 90_000 }, () => {
  it('gives the same pixels whatever was drawn before', () => {
    const one = createPartPainter();
    const other = createPartPainter();
    const numbers = partLabels.flatMap((label) => [first(label), first(label, 5000)]);
    const forwards = numbers.map((n) => hash(one.draw(partOf(5, n, 0.5)).data));
    const backwards = numbers.toReversed().map((n) => hash(other.draw(partOf(5, n, 0.5)).data));
    expect(backwards.toReversed()).toEqual(forwards);
    expect(new Set(forwards).size).toBe(numbers.length);
  });

  it('draws parts of every label, all within the patch', () => {
    const painter = createPartPainter();
    for (const label of partLabels) {
      const { data, width, height } = painter.draw(partOf(5, first(label, 900), 0.5));
      const covered = data.filter((_, i) => i % 4 === 3).map((alpha) => (alpha > 0 ? 1 : 0));
      const share = covered.reduce((sum, value) => sum + value, 0) / (width * height);
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThan(0.9);
    }
  });

  it('shows a defect: the same part, good and bad, differs by more than noise', () => {
    const painter = createPartPainter();
    for (const label of partLabels.slice(1)) {
      const bad = partOf(5, first(label, 2000), 0.5);
      const picture = painter.draw(bad).data.slice();
      const good = painter.draw({ ...bad, label: 'good', bad: false }).data;
      const changed = picture.filter((value, i) => Math.abs(value - (good[i] ?? 0)) > 30).length;
      expect(changed).toBeGreaterThan(150);
    }
  });
});
