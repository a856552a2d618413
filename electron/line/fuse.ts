import type { FrameScored } from '../contract/frame.ts';
import type { Verdict } from '../contract/verdict.ts';
import { decide, errorVerdict, type VerdictRule } from './decide.ts';

/** The verdict on a part, and the frame that tells of it: its picture is kept, its scores are recorded. */
export interface Judged {
  verdict: Verdict;
  frame: FrameScored;
  scores: number[];
}

/** The worse, the higher. An `error` is no verdict on the part, so what another frame has seen outweighs it. */
const rank = { ok: 0, unsure: 1, error: 2, nok: 3 } as const satisfies Record<Verdict['kind'], number>;

/** Of two verdicts the one to go by: the worse; of equals the surer of a defect, the less sure of anything else. */
const isWorse = (one: Verdict, than: Verdict): boolean => {
  if (one.kind !== than.kind) return rank[one.kind] > rank[than.kind];
  return one.kind === 'nok' ? one.confidence > than.confidence : one.confidence < than.confidence;
};

const judgeOne = (frame: FrameScored, rule: VerdictRule): Judged => {
  const verdict = frame.fault === null ? decide(frame.scores, rule) : errorVerdict(frame.fault);
  // What is no number can be neither kept nor reported, and a record that held it would be lost. // faults #13
  return { verdict, frame, scores: verdict.reason === 'model-fault' ? [] : frame.scores };
};

const worstOf = (judged: readonly [Judged, ...Judged[]]): Judged =>
  judged.reduce((worst, each) => (isWorse(each.verdict, worst.verdict) ? each : worst));

/** The verdict on the mean of the scores; the frame with the worst of the single verdicts stands for it. */
const meanOf = (judged: readonly [Judged, ...Judged[]], rule: VerdictRule): Judged => {
  const scores = rule.labels.map((_, label) => judged.reduce((sum, each) => sum + (each.scores[label] ?? 0), 0) / judged.length);
  return { verdict: decide(scores, rule), frame: worstOf(judged).frame, scores };
};

/**
 * One verdict on a part from all its frames (at least one), by the recipe's rule. Pure.
 *
 * Frames that failed their checks do not count; with fewer than `leastFrames` others the part is an `error` with the
 * reason of the check. Scores that are no probabilities in any of them make it an `error`: the model cannot be trusted
 * with the others either. // faults #13
 */
export const decidePart = (frames: readonly [FrameScored, ...FrameScored[]], rule: VerdictRule): Judged => {
  const [first, ...more] = frames;
  const judged: [Judged, ...Judged[]] = [judgeOne(first, rule), ...more.map((frame) => judgeOne(frame, rule))];
  const broken = judged.find(({ verdict }) => verdict.reason === 'model-fault');
  if (broken !== undefined) return broken;
  const [sound, ...others] = judged.filter(({ verdict }) => verdict.kind !== 'error');
  if (sound === undefined) return judged[0];
  if (others.length + 1 < rule.leastFrames) {
    const failed = judged.find(({ verdict }) => verdict.kind === 'error');
    return failed ?? { ...sound, verdict: errorVerdict('frame-lost') };
  }
  return rule.frames === 'mean' && others.length > 0 ? meanOf([sound, ...others], rule) : worstOf([sound, ...others]);
};
