import { describe, expect, it } from 'vitest';
import type { RecipeRequest } from '../../contract/gate.ts';
import { openWishes } from './wishes.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const rig = () => {
  const recipes: RecipeRequest[] = [];
  let resets = 0;
  const hear = openWishes({ onRecipe: (request) => recipes.push(request), onReset: () => void (resets += 1) }, () => 'plc');
  return { hear, recipes, resets: () => resets };
};

describe('wishes of the PLC', () => {
  it('takes number and sequence together, whichever is heard first, and a sequence once', async () => {
    const { hear, recipes } = rig();
    hear('RecipeReqSeq', 4);
    hear('RecipeReq', 2);
    await settled();
    hear('RecipeReq', 3);
    await settled();
    hear('RecipeReqSeq', 5);
    await settled();
    hear('RecipeReqSeq', 5);
    await settled();
    expect(recipes).toEqual([
      { number: 2, seq: 4, owner: 'plc' },
      { number: 3, seq: 5, owner: 'plc' },
    ]);
  });

  it('takes no wish from a PLC that never had one', async () => {
    const { hear, recipes } = rig();
    hear('RecipeReq', 0);
    hear('RecipeReqSeq', 0);
    await settled();
    expect(recipes).toEqual([]);
  });

  it('takes only a change for a reset: what stands there is of the past', () => {
    const { hear, resets } = rig();
    hear('InterlockReset', 7);
    hear('InterlockReset', 7);
    expect(resets()).toBe(0);
    hear('InterlockReset', 8);
    expect(resets()).toBe(1);
  });
});
