import { PersonError } from '../base/errors.ts';
import type { Recipe } from '../config/recipe.ts';
import type { ModelInUse } from '../contract/frame.ts';
import type { Manifest } from '../contract/manifest.ts';
import type { FaultReason, Verdict } from '../contract/verdict.ts';

/** What a decision needs of recipe and model: labels in the order of the scores, and what each must reach. */
export interface VerdictRule {
  labels: ModelInUse['labels'];
  thresholds: Manifest['thresholds'];
  /** Per label: the probability at which this defect by itself makes the part `nok`; `Infinity` where it has none. */
  alone: readonly number[];
  frames: Recipe['policy']['frames'];
  leastFrames: number;
}

/**
 * The thresholds that cost least in the long run: passing a part costs P(bad) · escape, ejecting it P(good) · falseReject,
 * looking at it `review`; the least of the three wins. // C. Elkan 2001 (two decisions), C. K. Chow 1970 (with `review`)
 */
export const thresholdsOf = ({ escape, falseReject, review = Infinity }: Costs): Manifest['thresholds'] => {
  const either = escape + falseReject;
  // A review that costs more than the better guess is never worth it.
  if (review >= (escape * falseReject) / either) return { ok: escape / either, nok: falseReject / either };
  return { ok: 1 - review / escape, nok: 1 - review / falseReject };
};
type Costs = NonNullable<Recipe['policy']['costs']>;

/**
 * The rule of a recipe for a model. Its own thresholds win over its costs, and those over the model's thresholds.
 * Throws {@link PersonError} when it names a defect that the model does not know.
 */
export const verdictRule = (
  { labels, thresholds }: Pick<Manifest, 'labels' | 'thresholds'>,
  { policy }: Pick<Recipe, 'policy'>,
): VerdictRule => {
  const defects = labels.filter((label) => label.verdict === 'nok').map(({ name }) => name);
  const unknown = Object.keys(policy.defects).find((name) => !defects.includes(name));
  if (unknown !== undefined)
    throw new PersonError(
      `The recipe has a threshold for "${unknown}", which is no defect that its model knows.`,
      `The model knows: ${defects.join(', ')}. Correct "policy.defects" in the recipe.`,
    );
  const base = policy.costs === undefined ? thresholds : thresholdsOf(policy.costs);
  return {
    labels,
    thresholds: { ok: policy.ok ?? base.ok, nok: policy.nok ?? base.nok },
    alone: labels.map(({ name }) => policy.defects[name] ?? Infinity),
    frames: policy.frames,
    leastFrames: policy.leastFrames,
  };
};

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
 * The verdict from the scores of one frame. Pure; line, replay, golden set and shadow all call this one.
 *
 * `nok` when a defect reaches its own threshold. Else `ok` when all good labels together reach `thresholds.ok`, else `nok`
 * when all defects together reach `thresholds.nok`, else `unsure`: below its threshold nothing is guessed. A defect is
 * named by the most probable one. Scores that are no probabilities (NaN, out of range, wrong number) are an `error`. // faults #13
 */
export const decide = (scores: ArrayLike<number>, rule: VerdictRule): Verdict => {
  const { labels, thresholds } = rule;
  if (scores.length !== labels.length || !areProbabilities(scores)) return errorVerdict('model-fault');
  const { good, bestGood, bestBad, bestAlone } = weigh(scores, rule);
  const nameOf = (index: number): string => labels[index]?.name ?? '';
  const ok = Math.min(1, Math.max(0, good));
  const nok = 1 - ok;
  if (bestAlone >= 0) return { kind: 'nok', reason: nameOf(bestAlone), label: nameOf(bestAlone), confidence: nok };
  if (ok >= thresholds.ok) return { kind: 'ok', reason: nameOf(bestGood), label: nameOf(bestGood), confidence: ok };
  if (nok >= thresholds.nok) return { kind: 'nok', reason: nameOf(bestBad), label: nameOf(bestBad), confidence: nok };
  return {
    kind: 'unsure',
    reason: 'low-confidence',
    label: nameOf(ok >= nok ? bestGood : bestBad),
    confidence: Math.max(ok, nok),
  };
};

/** Sum of the good scores, and the index of the highest good, bad, and bad one above its own threshold; −1 for none. */
const weigh = (scores: ArrayLike<number>, { labels, alone }: VerdictRule) => {
  const found = { good: 0, bestGood: -1, bestBad: -1, bestAlone: -1 };
  const beats = (index: number, best: number): boolean => best < 0 || (scores[index] ?? 0) > (scores[best] ?? 0);
  for (let i = 0; i < labels.length; i++) {
    const score = scores[i] ?? 0;
    if (labels[i]?.verdict === 'ok') {
      found.good += score;
      if (beats(i, found.bestGood)) found.bestGood = i;
    } else {
      if (beats(i, found.bestBad)) found.bestBad = i;
      if (score >= (alone[i] ?? Infinity) && beats(i, found.bestAlone)) found.bestAlone = i;
    }
  }
  return found;
};

/** The verdict on a part that was not inspected. */
export const errorVerdict = (reason: FaultReason): Verdict => ({ kind: 'error', reason, label: null, confidence: 0 });

/** What happens to a part at the gate. */
export interface GateAction {
  reject: boolean;
  /** It goes on, and is marked as one that nobody vouches for. */
  mark: boolean;
}

const actions = {
  pass: { reject: false, mark: false },
  reject: { reject: true, mark: false },
  'pass-and-mark': { reject: false, mark: true },
  // The belt is asked to stop as well (`interlock.ts`); a part that runs on nevertheless is ejected.
  stop: { reject: true, mark: false },
} as const satisfies Record<string, GateAction>;

/** What the gate does with a part: the recipe's rule for `unsure`, its fail-safe for `error`. */
export const actionOn = ({ kind }: Pick<Verdict, 'kind'>, gate: Pick<Recipe['gate'], 'unsure' | 'failSafe'>): GateAction => {
  switch (kind) {
    case 'ok':
      return actions.pass;
    case 'nok':
      return actions.reject;
    case 'unsure':
      return actions[gate.unsure];
    case 'error':
      return actions[gate.failSafe];
  }
};
