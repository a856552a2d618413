import type { Recipe } from '../config/recipe.ts';
import type { Trigger } from '../contract/gate.ts';

const uint32 = 2 ** 32;

/** Where the belt is, as the PLC told last. */
export interface Belt {
  countsPerSecond: number;
  running: boolean;
  /** Where the encoder stood and when that was heard, monotonic; `null` before the first word of it. */
  at: { encoder: number; heardAtMs: number } | null;
}

/** Where the encoder is at `nowMs` if the belt has gone on as it was told last; `null` before that. */
export const encoderAt = ({ countsPerSecond, running, at }: Belt, nowMs: number): number | null => {
  if (at === null) return null;
  const moved = running ? Math.round(((nowMs - at.heardAtMs) * countsPerSecond) / 1000) : 0;
  return (((at.encoder + moved) % uint32) + uint32) % uint32;
};

export interface Deadline {
  /** Last encoder count (UInt32) at which the PLC may still take the command. */
  encoder: number;
  /** The same on our monotonic clock; `Infinity` while the belt stands: the part does not get nearer. */
  atMs: number;
}

/** Distance from count `from` to count `to` on an encoder that wraps at 2³²: −2³¹ … 2³¹−1. */
export const encoderDistance = (from: number, to: number): number => ((to - from + uint32 * 1.5) % uint32) - uint32 / 2;

/**
 * When the command for a part must be with the PLC: before the part reaches the gate, less what the actuator needs.
 * By encoder, because a belt changes its speed; the clock's time is derived from the speed at the trigger.
 */
export const deadlineOf = (
  trigger: Trigger,
  belt: Pick<Belt, 'countsPerSecond' | 'running'>,
  gate: Pick<Recipe['gate'], 'distanceCounts' | 'actuatorMs'>,
): Deadline => {
  const speed = belt.running ? belt.countsPerSecond : 0;
  const reachCounts = Math.max(0, Math.floor(gate.distanceCounts - (speed * gate.actuatorMs) / 1000));
  return {
    encoder: (trigger.encoder + reachCounts) % uint32,
    atMs: speed > 0 ? trigger.receivedAtMs + (reachCounts / speed) * 1000 : Number.POSITIVE_INFINITY,
  };
};
