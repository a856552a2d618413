import type { GateState } from './gate.ts';
import type { VerdictKind } from './verdict.ts';

/** A known part sent through the real gate: one that must go out, or one that must pass. */
export const challengeParts = ['bad', 'good'] as const;
export type ChallengePart = (typeof challengeParts)[number];

/** What is known of a part that may have been a challenge. */
export interface Challenged {
  /** `null`: it was a part like any other. */
  challenge: ChallengePart | null;
  verdict: VerdictKind;
  reject: boolean;
  gate: GateState;
}

const asTold: ReadonlySet<GateState> = new Set<GateState>(['acknowledged', 'commanded', 'executed']);

/**
 * Whether a challenge went well: the part was inspected, went where it belongs, and the gate had heard so in time. `null`: it
 * is none, or is not at the gate yet. A fail-safe that throws out a bad part proves nothing of the inspection.
 */
export const challengePassed = ({ challenge, verdict, reject, gate }: Challenged): boolean | null => {
  if (challenge === null || gate === 'underway') return null;
  return verdict !== 'error' && reject === (challenge === 'bad') && asTold.has(gate);
};
