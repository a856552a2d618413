import type { Recipe } from '../config/recipe.ts';
import { challengePassed } from '../contract/challenge.ts';
import type { Interlock, TripCause } from '../contract/facts.ts';
import type { GateOutcome } from '../contract/gate.ts';
import type { Verdict } from '../contract/verdict.ts';
import type { Decided } from './decided.ts';

/**
 * What watches over the verdicts of a lane: too many rejects say more of the process, or of us, than of the parts.
 *
 * What must hold: what has tripped stays tripped until a person resets it, and trips once; a reset forgets what led to it.
 */
export interface Interlocks {
  /** In the order in which they tripped. */
  latched: Interlock[];
  /** A part was seen since the start, the last reset, or the last recipe: before, a reject says that the camera still opens. */
  hasSeen: boolean;
  /** Rejects since the last part that was not rejected. */
  running: number;
  /** Whether each of the last parts was rejected, a ring; as long as the rule asks. */
  recent: boolean[];
  next: number;
  /** How many of `recent` are rejects. */
  rejects: number;
}

/** What the rules need of the recipe. */
export type InterlockRule = Pick<Recipe, 'interlocks'> & { gate: Pick<Recipe['gate'], 'failSafe'> };

/** Nothing has tripped, nothing is counted. */
export const noInterlocks = (): Interlocks => ({ latched: [], hasSeen: false, running: 0, recent: [], next: 0, rejects: 0 });

/** Why something trips. */
export type InterlockCause = TripCause & Omit<Interlock, 'atMs' | 'kind'>;

/** What of a part the rules look at; without a frame it was not seen. */
type DecidedPart = Pick<Decided, 'verdict'> & { action: Pick<Decided['action'], 'reject'>; frame: object | null };

/** A part was decided at `nowMs` (wall clock). Changes `state` and returns what has tripped by it, latched already. */
export const onDecided = (
  state: Interlocks,
  { verdict, action: { reject }, frame }: DecidedPart,
  rule: InterlockRule,
  nowMs: number,
): Interlock[] => {
  state.hasSeen ||= frame !== null;
  if (state.hasSeen) count(state, reject, rule.interlocks.rate?.parts ?? 0);
  return latch(state, [...ofVerdict(verdict, rule), ...ofConsecutive(state, rule), ...ofRate(state, rule)], nowMs);
};

/** Latches these at `nowMs` (wall clock), without those that are already; returns what has tripped by it. */
export const latch = (state: Interlocks, causes: readonly InterlockCause[], nowMs: number): Interlock[] => {
  const tripped = causes
    .filter(({ kind }) => !state.latched.some((each) => each.kind === kind))
    .map((cause): Interlock => ({ ...cause, atMs: nowMs }));
  state.latched.push(...tripped);
  return tripped;
};

const count = (state: Interlocks, reject: boolean, parts: number): void => {
  state.running = reject ? state.running + 1 : 0;
  if (parts === 0) return;
  state.rejects += (reject ? 1 : 0) - (state.recent[state.next] === true ? 1 : 0);
  state.recent[state.next] = reject;
  state.next = (state.next + 1) % parts;
};

/** Another recipe is used from now on: what was counted under the old one says nothing. What has tripped stays. */
export const forgetCounts = (state: Interlocks): void => void Object.assign(state, { ...noInterlocks(), latched: state.latched });

/** A challenge that went wrong: from the last good one on nobody vouches for what was sorted. // reject-gate §5, gate did not fire */
export const ofChallenge = (
  { challenge, verdict: { kind: verdict }, action: { reject }, trigger: { partId }, setup: { recipe } }: Decided,
  gate: GateOutcome,
): InterlockCause[] => {
  if (challengePassed({ challenge, verdict, reject, gate }) !== false) return [];
  const does = recipe.gate.failSafe === 'pass-and-mark' ? 'alarm' : 'stop';
  const what = `The challenge with part ${partId}, known to be ${challenge}, went wrong: ${verdict}, ${gate}.`;
  return [{ kind: 'challenge-failed', partId, does, what }];
};

const ofVerdict = ({ kind, reason }: Verdict, { gate }: InterlockRule): InterlockCause[] => {
  if (kind !== 'error') return [];
  const fault: InterlockCause[] =
    reason === 'model-fault'
      ? [{ kind: 'model-fault', does: 'alarm', what: 'The model gave scores that are no probabilities.' }]
      : [];
  if (gate.failSafe !== 'stop') return fault;
  return [...fault, { kind: 'fail-safe-stop', reason, does: 'stop', what: `A part was not inspected (${reason}).` }];
};

const ofConsecutive = ({ running }: Interlocks, { interlocks: { consecutive } }: InterlockRule): InterlockCause[] =>
  consecutive === undefined || running < consecutive.rejects
    ? []
    : [
        {
          kind: 'consecutive-rejects',
          rejects: running,
          does: consecutive.does,
          what: `${running} parts in a row were rejected.`,
        },
      ];

const ofRate = ({ recent, rejects }: Interlocks, { interlocks: { rate } }: InterlockRule): InterlockCause[] => {
  if (rate === undefined || recent.length < rate.parts) return [];
  if (rejects <= rate.share * rate.parts) return [];
  return [
    {
      kind: 'reject-rate',
      rejects,
      parts: rate.parts,
      does: rate.does,
      what: `${rejects} of the last ${rate.parts} parts were rejected.`,
    },
  ];
};
