import { monoMs } from '../base/clock.ts';
import { PersonError } from '../base/errors.ts';
import type { ModelPackage } from '../config/modelPackage.ts';
import { policy, type Recipe } from '../config/recipe.ts';
import type { FrameScored } from '../contract/frame.ts';
import type { Verdict, VerdictKind } from '../contract/verdict.ts';
import { decide, type VerdictRule, verdictRule } from '../line/decide.ts';
import { decidePart } from '../line/fuse.ts';
import type { Belt } from '../line/schedule.ts';
import type { Step } from '../line/step.ts';
import { openTracker } from '../line/tracker.ts';
import { openDetector } from '../vision/detector.ts';
import type { Mat } from '../vision/opencv.ts';
import { pixelFormat } from '../vision/pixels.ts';
import { openScorer, type Scorer } from '../vision/scorer.ts';
import type { Session } from '../vision/session.ts';
import { type Look, lookAround } from '../vision/sight.ts';

/** Turns the frames of a recording into verdicts, as the line does. */
export interface Judge {
  /** Frame `index` of the recording. */
  judge(frame: Mat, index: number): Promise<void>;
  /** No frame comes any more. */
  end(): void;
  counts: Record<VerdictKind, number>;
}

/** What is played, and how. */
export interface Playing {
  model: ModelPackage;
  /** `null`: the whole frame, by the model's own thresholds. */
  recipe: Recipe | null;
  /** A recording tells neither time nor encoder count: it is taken that both went evenly. */
  frameMs: number;
  countsPerFrame: number;
  /** Hears of every frame's verdict, where a frame is a part. */
  onVerdict: (index: number, scores: Float32Array, verdict: Verdict) => void;
}

/** Judges frames that are of the size and format of `first`, by frame or by part as the recipe says. */
export const openJudge = (first: Mat, session: Session, playing: Playing): Judge => {
  const { model, recipe } = playing;
  const format = formatOf(first.channels);
  const scorer = openScorer(session, model, { format, frameSize: { width: first.cols, height: first.rows }, roi: recipe?.roi });
  const rule = verdictRule(model.manifest, recipe ?? { policy: policy.parse({}) });
  if (recipe?.tracking.mode !== 'free-running') return judgeFrames(scorer, rule, playing.onVerdict);
  const { roi } = scorer;
  const look = lookAround(openDetector(recipe.detection, roi, first.cols), { roi, format, frameWidth: first.cols });
  return judgeParts(scorer, look, { ...playing, recipe, rule });
};

/** No verdict yet. */
export const noCounts = (): Record<VerdictKind, number> => ({ ok: 0, nok: 0, unsure: 0, error: 0 });

/** One frame a part. */
const judgeFrames = (scorer: Scorer, rule: VerdictRule, onVerdict: Playing['onVerdict']): Judge => {
  const counts = noCounts();
  return {
    counts,
    async judge(frame, index) {
      const { scores } = await scorer.score(frame);
      const verdict = decide(scores, rule);
      counts[verdict.kind] += 1;
      onVerdict(index, scores, verdict);
    },
    end: () => undefined,
  };
};

/** Parts are found in the frames, and brought together by the recipe's rule. */
const judgeParts = (scorer: Scorer, look: Look, { recipe, rule, frameMs, countsPerFrame }: Judging): Judge => {
  const counts = noCounts();
  const tracker = openTracker(recipe, 1);
  let lastIndex = 0;
  const beltAt = (encoder: number): Belt => ({ countsPerSecond: 0, running: true, at: { encoder, heardAtMs: 0 } });
  const encoderAt = (index: number): number => Math.round(index * countsPerFrame);
  const count = (steps: Step[]): void => {
    for (const step of steps)
      if (step.do === 'inspected') counts[decidePart(step.frames, rule).verdict.kind] += 1;
      else if (step.do === 'notInspected') counts.error += 1;
  };
  return {
    counts,
    async judge(frame, index) {
      lastIndex = index;
      const { parts, region } = look(frame);
      const scored = region === null ? null : await scorer.score(frame, region);
      const encoder = encoderAt(index);
      const seen: FrameScored = {
        ...{ type: 'scored', sequence: index, missedBefore: 0, encoder, exposedAtMs: null, fault: null, parts },
        ...{ inMemoryAtMs: index * frameMs, preparedAtMs: monoMs(), inferredAtMs: monoMs() },
        scores: scored === null ? [] : Array.from(scored.scores),
      };
      count(tracker.onFrame(seen, beltAt(encoder), scorer.roi));
    },
    end() {
      // The belt goes on for so long that nothing in view can still be before the gate.
      const encoder = encoderAt(lastIndex) + recipe.gate.distanceCounts;
      count(
        tracker.onTime(lastIndex * frameMs + recipe.tracking.lostMs + 1, beltAt(encoder), {
          framesCome: false,
          why: 'frame-lost',
        }),
      );
    },
  };
};

interface Judging extends Pick<Playing, 'frameMs' | 'countsPerFrame'> {
  recipe: Recipe;
  rule: VerdictRule;
}

/** Recordings and images are decoded to colour or grey by OpenCV; raw Bayer comes from cameras only. */
const formatOf = (channels: number): 'bgr' | 'gray' =>
  pixelFormat({ kind: 'folder', path: '', fps: 1, loop: false }, channels) === 'gray' ? 'gray' : 'bgr';

/** Reads `--counts-per-frame`; throws {@link PersonError}. */
export const countsPerFrameOf = (text: string | undefined): number => {
  const counts = Number(text);
  if (counts > 0) return counts;
  throw new PersonError(
    'The recipe is for a camera that runs freely, and a recording tells nothing of its belt.',
    'Give --counts-per-frame: by how many encoder counts the belt moves from one frame to the next.',
  );
};
