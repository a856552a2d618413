import { monoMs, wallMs } from './clock.ts';

/** A wall clock that is set gently stays below this; a step that breaks a secure channel is far above. */
const stepMs = 1000;
const lookEveryMs = 100;

/**
 * How far the wall clock has stepped while `beforeMs` (wall minus monotonic time) became `nowMs`; 0 for what is no step.
 * Pure.
 */
export const clockStep = (beforeMs: number, nowMs: number): number =>
  Math.abs(nowMs - beforeMs) > stepMs ? nowMs - beforeMs : 0;

/** Calls `onStep` when the wall clock steps; returns how to stop watching. A step is told once. // faults #37 */
export const watchClock = (onStep: (byMs: number) => void): (() => void) => {
  let beforeMs = wallMs() - monoMs();
  const timer = setInterval(() => {
    const nowMs = wallMs() - monoMs();
    const byMs = clockStep(beforeMs, nowMs);
    // What drifts slowly is followed, so that many small steps are not taken for one.
    beforeMs = nowMs;
    if (byMs !== 0) onStep(byMs);
  }, lookEveryMs);
  return () => clearInterval(timer);
};
