import type { Recipe } from '../config/recipe.ts';
import type { ModelInUse } from '../contract/frame.ts';
import type { Manifest } from '../contract/manifest.ts';
import type { FaultReason, Verdict } from '../contract/verdict.ts';

/** What `decide` needs of recipe and model: labels in the order of the scores, and the two thresholds. */
export interface VerdictRule {
  labels: ModelInUse['labels'];
  thresholds: Manifest['thresholds'];
}

/** The recipe's thresholds win over the model's own. */
export const verdictRule = (
  manifest: Pick<Manifest, 'labels' | 'thresholds'>,
  recipe: Pick<Recipe, 'thresholds'>,
): VerdictRule => ({
  labels: manifest.labels,
  thresholds: { ok: recipe.thresholds.ok ?? manifest.thresholds.ok, nok: recipe.thresholds.nok ?? manifest.thresholds.nok },
});

/** How far the scores may be from adding up to 1: INT8 outputs are rounded. */
const sumTolerance = 0.02;

const areProbabilities = (scores: ArrayLike<number>): boolean => {
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] ?? Number.NaN;
    if (!(score >= -sumTolerance && score <= 1 + sumTolerance)) return false;
    sum += score;
  }
  return Math.abs(sum - 1) <= sumTolerance;
};

/**
 * The verdict on one part from the scores of its frame. Pure; line, replay, golden set and shadow all call this one.
 *
 * `ok` when all good labels together reach `thresholds.ok`, else `nok` when all defects together reach `thresholds.nok`,
 * else `unsure`: below its threshold nothing is guessed. A defect is named by the most probable defect label.
 * Scores that are no probabilities (NaN, out of range, wrong number) are an `error`. // faults #13
 */
export const decide = (scores: ArrayLike<number>, rule: VerdictRule): Verdict => {
  const { labels, thresholds } = rule;
  if (scores.length !== labels.length || !areProbabilities(scores)) return errorVerdict('model-fault');
  let good = 0;
  let bestGood = -1;
  let bestBad = -1;
  for (let i = 0; i < labels.length; i++) {
    const score = scores[i] ?? 0;
    if (labels[i]?.verdict === 'ok') {
      good += score;
      if (bestGood < 0 || score > (scores[bestGood] ?? 0)) bestGood = i;
    } else if (bestBad < 0 || score > (scores[bestBad] ?? 0)) bestBad = i;
  }
  const nameOf = (index: number): string => labels[index]?.name ?? '';
  const ok = Math.min(1, Math.max(0, good));
  const nok = 1 - ok;
  if (ok >= thresholds.ok) return { kind: 'ok', reason: nameOf(bestGood), label: nameOf(bestGood), confidence: ok };
  if (nok >= thresholds.nok) return { kind: 'nok', reason: nameOf(bestBad), label: nameOf(bestBad), confidence: nok };
  return {
    kind: 'unsure',
    reason: 'low-confidence',
    label: nameOf(ok >= nok ? bestGood : bestBad),
    confidence: Math.max(ok, nok),
  };
};

/** The verdict on a part that was not inspected. */
export const errorVerdict = (reason: FaultReason): Verdict => ({ kind: 'error', reason, label: null, confidence: 0 });

/** What the gate does with a part: the recipe's rule for `unsure`, its fail-safe for `error`. */
export const rejects = (verdict: Verdict, gate: Recipe['gate']): boolean => {
  switch (verdict.kind) {
    case 'ok':
      return false;
    case 'nok':
      return true;
    case 'unsure':
      return gate.unsure === 'reject';
    case 'error':
      return gate.failSafe !== 'pass-and-mark';
  }
};
