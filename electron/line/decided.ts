import type { Recipe } from '../config/recipe.ts';
import type { FrameScored, ModelInUse } from '../contract/frame.ts';
import type { GateCommand, GateOutcome, Trigger } from '../contract/gate.ts';
import type { PartRecord } from '../contract/record.ts';
import type { Verdict } from '../contract/verdict.ts';
import type { VerdictRule } from './decide.ts';
import { reasonCode } from './reason.ts';
import type { Deadline } from './schedule.ts';

/** Who decides, by which rule. */
export interface LaneIdentity {
  station: string;
  lane: string;
  recipe: Recipe;
  rule: VerdictRule;
  /** Last sequence that was ever given on this lane. */
  lastSequence: number;
}

/** One part, decided; times by wall clock and monotonic, milliseconds. */
export interface Decided {
  sequence: number;
  trigger: Trigger;
  /** `null`: the part was not inspected. */
  frame: FrameScored | null;
  verdict: Verdict;
  reject: boolean;
  model: ModelInUse | null;
  decidedAtMs: number;
  decidedMonoMs: number;
}

/** What the PLC is told about a decided part. */
export const gateCommand = (
  { sequence, trigger, verdict, reject }: Decided,
  deadline: Deadline,
  labels: ModelInUse['labels'],
): GateCommand => ({
  sequence,
  partId: trigger.partId,
  verdict: verdict.kind,
  reasonCode: reasonCode(verdict, labels),
  score: verdict.confidence,
  reject,
  deadlineEncoder: deadline.encoder,
  deadlineMs: deadline.atMs,
});

/** What is kept about a decided part, once it is known how its gate command ended. */
export const toRecord = (identity: LaneIdentity, decided: Decided, gate: GateOutcome, doneMonoMs: number): PartRecord => {
  const { trigger, frame, verdict, model, decidedMonoMs } = decided;
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
    scores: frame?.scores ?? [],
    model: model?.name ?? '',
    modelVersion: model?.version ?? '',
    modelSha8: model?.sha8 ?? '',
    provider: model?.provider ?? null,
    recipe: identity.recipe.name,
    order: null,
    lot: null,
    frameSequence: frame?.sequence ?? null,
    reject: decided.reject,
    gate,
    decidedAtMs: decided.decidedAtMs,
    decidedMonoMs,
    verdictMs: frame === null ? null : decidedMonoMs - frame.inMemoryAtMs,
    gateAckMs: gate === 'acknowledged' ? doneMonoMs - decidedMonoMs : null,
  };
};
