import type { Recipe } from '../config/recipe.ts';
import type { ChallengePart } from '../contract/challenge.ts';
import type { FrameScored, ModelInUse } from '../contract/frame.ts';
import type { GateCommand, GateState, Trigger } from '../contract/gate.ts';
import type { PartRecord } from '../contract/record.ts';
import type { Verdict } from '../contract/verdict.ts';
import type { GateAction, VerdictRule } from './decide.ts';
import { reasonCode } from './reason.ts';
import type { Deadline } from './schedule.ts';

/** What is inspected and by which rule: a recipe, and what it makes of its model's labels and thresholds. */
export interface Setup {
  recipe: Recipe;
  rule: VerdictRule;
}

/** Whose verdicts these are. */
export interface LaneIdentity {
  station: string;
  lane: string;
}

/** One part, decided; times by wall clock and monotonic, milliseconds. */
export interface Decided {
  sequence: number;
  trigger: Trigger;
  setup: Setup;
  /** The one that tells of the part; `null`: it was not inspected. */
  frame: FrameScored | null;
  /** The number of the first one that shows it. */
  firstFrame: number | null;
  scores: number[];
  verdict: Verdict;
  action: GateAction;
  /** It is a known part, sent to see what becomes of it. */
  challenge: ChallengePart | null;
  model: ModelInUse | null;
  decidedAtMs: number;
  decidedMonoMs: number;
}

/** What the PLC is told about a decided part. */
export const gateCommand = ({ sequence, trigger, verdict, action, setup }: Decided, deadline: Deadline): GateCommand => ({
  sequence,
  partId: trigger.partId,
  verdict: verdict.kind,
  reasonCode: reasonCode(verdict, setup.rule.labels),
  score: verdict.confidence,
  reject: action.reject,
  mark: action.mark,
  gateEncoder: (trigger.encoder + setup.recipe.gate.distanceCounts) % 2 ** 32,
  deadlineEncoder: deadline.encoder,
  deadlineMs: deadline.atMs,
});

/** What is kept about a decided part, and how its gate command stood at `doneMonoMs`. */
export const toRecord = (identity: LaneIdentity, decided: Decided, gate: GateState, doneMonoMs: number): PartRecord => {
  const { trigger, setup, frame, verdict, action, model, decidedMonoMs } = decided;
  return {
    station: identity.station,
    lane: identity.lane,
    sequence: decided.sequence,
    partId: trigger.partId,
    encoder: trigger.encoder,
    verdict: verdict.kind,
    reason: verdict.reason,
    label: verdict.label,
    confidence: verdict.confidence,
    scores: decided.scores,
    model: model?.name ?? '',
    modelVersion: model?.version ?? '',
    modelSha8: model?.sha8 ?? '',
    provider: model?.provider ?? null,
    recipe: setup.recipe.name,
    order: null,
    lot: null,
    frameSequence: frame?.sequence ?? null,
    reject: action.reject,
    mark: action.mark,
    gate,
    decidedAtMs: decided.decidedAtMs,
    decidedMonoMs,
    verdictMs: frame === null ? null : decidedMonoMs - frame.inMemoryAtMs,
    gateAckMs: gate === 'acknowledged' ? doneMonoMs - decidedMonoMs : null,
    challenge: decided.challenge,
  };
};
