import { describe, expect, it } from 'vitest';
import { namedScores } from './namedScores.ts';

const labels = [
  { name: 'good', verdict: 'ok' as const },
  { name: 'chipped', verdict: 'nok' as const },
];

describe('scores with their names', () => {
  it('are those of the model that decided, highest first', () => {
    expect(namedScores({ scores: [0.1, 0.9], modelSha8: 'aaaaaaaa' }, { sha8: 'aaaaaaaa', labels })).toEqual([
      { name: 'chipped', index: 1, score: 0.9, isBad: true },
      { name: 'good', index: 0, score: 0.1, isBad: false },
    ]);
  });

  it('have no names when another model runs by now', () => {
    const scores = namedScores({ scores: [0.1, 0.9], modelSha8: 'aaaaaaaa' }, { sha8: 'bbbbbbbb', labels });
    expect(scores.map(({ name }) => name)).toEqual([null, null]);
  });
});
