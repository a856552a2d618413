import { describe, expect, it } from 'vitest';
import { openTally } from './tally.ts';

const labels = [
  { name: 'ok', verdict: 'ok' as const },
  { name: 'pitting', verdict: 'nok' as const },
];
const verdict = (kind: 'ok' | 'nok' | 'unsure') => ({ kind, reason: '', label: null, confidence: 0 });

describe('tally', () => {
  it('weighs classes equally in the balanced accuracy', () => {
    const tally = openTally(labels);
    for (let i = 0; i < 9; i++) tally.add([0.9, 0.1], verdict('ok'), 'ok');
    tally.add([0.9, 0.1], verdict('ok'), 'pitting');
    expect(tally.score()).toEqual({ accuracy: 0.9, balancedAccuracy: 0.5, escapes: 1, falseRejects: 0 });
  });

  it('counts neither escape nor false reject for what was unsure', () => {
    const tally = openTally(labels);
    tally.add([0.55, 0.45], verdict('unsure'), 'pitting');
    tally.add([0.45, 0.55], verdict('unsure'), 'ok');
    tally.add([0.1, 0.9], verdict('nok'), 'ok');
    expect(tally.score()).toEqual({ accuracy: 0, balancedAccuracy: 0, escapes: 0, falseRejects: 1 });
  });
});
