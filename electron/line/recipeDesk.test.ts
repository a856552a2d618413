import { describe, expect, it } from 'vitest';
import { recipe as schema } from '../config/recipe.ts';
import type { VisionState } from '../contract/frame.ts';
import type { Setup } from './decided.ts';
import { openRecipeDesk } from './recipeDesk.ts';

const setup = (name: string, number: number): Setup => ({
  recipe: schema.parse({
    ...{ format: 2, name, number, product: name, model: `/${name}` },
    gate: { distanceCounts: 4000, actuatorMs: 20 },
  }),
  rule: { labels: [], thresholds: { ok: 0.9, nok: 0.7 }, alone: [], frames: 'worst', leastFrames: 1 },
});
const state = (model: VisionState['model']): VisionState => ({
  ...{ type: 'state', camera: 'opening', message: '', frameSize: null, roi: null, model },
});
const loaded = state({ name: 'b', version: '1.0.0', sha8: '01234567', provider: 'cpu', labels: [] });

const openBench = () => {
  const all = [setup('a', 1), setup('b', 2)];
  let [using] = all as [Setup];
  const told: string[] = [];
  const restarted: string[] = [];
  const lane = {
    use: (next: Setup) => void (using = next),
    setup: () => using,
    underway: () => 0,
    event: (kind: string, what: string) => void told.push(`${kind}: ${what}`),
  };
  const setups = { first: using, numbered: (number: number) => all.find(({ recipe }) => recipe.number === number) ?? null };
  const desk = openRecipeDesk(setups, lane, ({ recipe }) => void restarted.push(recipe.name));
  return { desk, told, restarted, using: () => using.recipe.name };
};

describe('switching to a recipe with another model', () => {
  it('is answered only when the model is loaded, and refuses another switch meanwhile', () => {
    const { desk, restarted, using } = openBench();
    desk.onRequest({ number: 2, seq: 5, owner: 'plc' });
    desk.onVision(state(null));
    expect([restarted, using(), desk.answer()]).toEqual([['b'], 'b', { recipeAck: 0, recipeError: 0 }]);
    desk.onRequest({ number: 1, seq: 6, owner: 'plc' });
    expect(desk.answer()).toEqual({ recipeAck: 6, recipeError: 1 });
    desk.onVision(loaded);
    expect(desk.answer()).toEqual({ recipeAck: 5, recipeError: 0 });
  });

  it('is taken back, with the reason, when the model does not run here', () => {
    const { desk, told, restarted, using } = openBench();
    desk.onRequest({ number: 2, seq: 5, owner: 'plc' });
    desk.onVision({ type: 'failed', message: 'It is damaged.' });
    expect([restarted, using(), desk.answer()]).toEqual([['b', 'a'], 'a', { recipeAck: 5, recipeError: 4 }]);
    expect(told.at(-1)).toBe('recipe-refused: Recipe b cannot be used: It is damaged.');
    desk.onVision({ type: 'failed', message: 'Again.' });
    expect(restarted).toEqual(['b', 'a']);
  });
});
