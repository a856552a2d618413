import { describe, expect, it } from 'vitest';
import { recipe } from './recipe.ts';
import { toNewestFormat } from './recipeFormats.ts';

const first = {
  name: 'chips',
  product: 'Chips',
  model: '../model',
  thresholds: { ok: 0.97 },
  gate: { distanceCounts: 4000, actuatorMs: 20 },
};

describe('recipe formats', () => {
  it('brings a recipe of the first format to today’s, thresholds and all', () => {
    const read = recipe.parse(toNewestFormat(first));
    expect(read).toMatchObject({ format: 2, policy: { ok: 0.97, frames: 'worst' }, tracking: { mode: 'triggered' } });
  });

  it('leaves one of today as it is', () => {
    const { thresholds, ...rest } = first;
    const today = { ...rest, format: 2, policy: thresholds };
    expect(toNewestFormat(today)).toEqual(today);
  });

  it('refuses what a newer program wrote, in words', () => {
    expect(() => toNewestFormat({ ...first, format: 3 })).toThrow(/newer version of Linegate \(format 3, this one knows 2\)/);
  });

  it.each([[null], ['text'], [[1, 2]], [{ format: 'x' }], [{ format: 0 }]])('leaves %j to the schema to refuse', (raw) => {
    expect(recipe.safeParse(toNewestFormat(raw)).success).toBe(false);
  });
});
