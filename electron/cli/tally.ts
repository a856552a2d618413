import type { ModelInUse } from '../contract/frame.ts';
import type { Verdict } from '../contract/verdict.ts';

/** What came out for frames whose truth is known. */
export interface Score {
  /** Share of frames whose most probable label is the true one. */
  accuracy: number;
  /** Mean over the true labels of the share found: not flattered by many good parts. */
  balancedAccuracy: number;
  /** Defective, decided `ok`. */
  escapes: number;
  /** Good, decided `nok`. */
  falseRejects: number;
}

export interface Tally {
  add(scores: ArrayLike<number>, verdict: Verdict, truth: string): void;
  score(): Score;
}

/** Index of the largest value; the first of equals. */
export const argmax = (values: ArrayLike<number>): number => {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
};

/** Counts truth against prediction. `labels` in the order of the scores; every truth is one of them. */
export const openTally = (labels: ModelInUse['labels']): Tally => {
  const seen = labels.map(() => 0);
  const found = labels.map(() => 0);
  const count = { escapes: 0, falseRejects: 0 };
  return {
    add(scores, verdict, truth) {
      const index = labels.findIndex((label) => label.name === truth);
      seen[index] = (seen[index] ?? 0) + 1;
      if (argmax(scores) === index) found[index] = (found[index] ?? 0) + 1;
      const bad = labels[index]?.verdict === 'nok';
      if (bad && verdict.kind === 'ok') count.escapes += 1;
      if (!bad && verdict.kind === 'nok') count.falseRejects += 1;
    },
    score() {
      const total = seen.reduce((sum, each) => sum + each, 0);
      const right = found.reduce((sum, each) => sum + each, 0);
      const recalls = seen.flatMap((each, index) => (each === 0 ? [] : [(found[index] ?? 0) / each]));
      return {
        accuracy: total === 0 ? 0 : right / total,
        balancedAccuracy: recalls.length === 0 ? 0 : recalls.reduce((sum, each) => sum + each, 0) / recalls.length,
        ...count,
      };
    },
  };
};
