import type { LaneCounts, LaneStatus } from '../contract/facts.ts';
import type { FrameScored } from '../contract/frame.ts';
import type { GateOutcome } from '../contract/gate.ts';
import type { Histogram } from '../contract/histogram.ts';
import type { LaneFigures } from '../contract/process.ts';
import type { Decided } from './decided.ts';
import { openStopwatch, type Stopwatch } from './figures.ts';

/** Confidences shown on the screen. */
const recentParts = 120;

const figuresOf = <Name extends string>(watches: Record<Name, Stopwatch>): Record<Name, Histogram> =>
  Object.fromEntries(Object.entries<Stopwatch>(watches).map(([name, watch]) => [name, watch.figures()])) as Record<
    Name,
    Histogram
  >;

/** What one lane counts and times; for the screen, for `linegate bench` and for alarms. */
export const openMeasured = (lane: string) => {
  const watches = {
    verdictMs: openStopwatch(),
    exposureToVerdictMs: openStopwatch(),
    inferenceMs: openStopwatch(),
    prepareMs: openStopwatch(),
    gateAckMs: openStopwatch(),
    frameToGateMs: openStopwatch(),
    frameAgeMs: openStopwatch(),
  };
  const zero = (): LaneCounts => ({
    parts: 0,
    ok: 0,
    nok: 0,
    unsure: 0,
    error: 0,
    rejected: 0,
    late: 0,
    missedTriggers: 0,
    doubleTriggers: 0,
    skippedIds: 0,
    notSent: 0,
  });
  let counts = zero();
  let frames = 0;
  let dropped = 0;
  let firstVerdictAtMs: number | null = null;
  let rateFrom = { atMs: 0, frames: 0 };
  const confidence: number[] = [];

  const measured = {
    /** Frames that no trigger asked for. */
    forgottenFrames: 0,
    /** Records that found the queue full. */
    unkept: 0,
    visionRssBytes: 0,
    refused: {} as LaneStatus['camera']['refused'],
    frame(frame: FrameScored): void {
      frames += 1;
      dropped += frame.missedBefore;
      if (frame.exposedAtMs !== null) watches.frameAgeMs.add(frame.inMemoryAtMs - frame.exposedAtMs);
      if (frame.scores.length === 0) return;
      watches.prepareMs.add(frame.preparedAtMs - frame.inMemoryAtMs);
      watches.inferenceMs.add(frame.inferredAtMs - frame.preparedAtMs);
    },
    /** Triggers that were no parts, or ids that never were triggered. */
    missed(kind: 'missedTriggers' | 'doubleTriggers' | 'skippedIds', count: number): void {
      counts[kind] += count;
    },
    verdict({ verdict, action, frame, decidedMonoMs }: Decided): void {
      counts.parts += 1;
      counts[verdict.kind] += 1;
      if (action.reject) counts.rejected += 1;
      confidence.push(verdict.confidence);
      if (confidence.length > recentParts) confidence.shift();
      if (frame === null) return;
      firstVerdictAtMs ??= decidedMonoMs;
      watches.verdictMs.add(decidedMonoMs - frame.inMemoryAtMs);
      if (frame.exposedAtMs !== null) watches.exposureToVerdictMs.add(decidedMonoMs - frame.exposedAtMs);
    },
    gate(outcome: GateOutcome, doneMonoMs: number, { frame, decidedMonoMs }: Decided): void {
      if (outcome === 'late') counts.late += 1;
      if (outcome === 'not-connected' || outcome === 'refused' || outcome === 'overruled' || outcome === 'unseen')
        counts.notSent += 1;
      if (outcome !== 'acknowledged') return;
      watches.gateAckMs.add(doneMonoMs - decidedMonoMs);
      if (frame !== null) watches.frameToGateMs.add(doneMonoMs - frame.inMemoryAtMs);
    },
    counts: (): LaneCounts => counts,
    frames: () => ({ frames, dropped, refused: measured.refused }),
    /** Frames a second since the last call. */
    fps(nowMs: number): number {
      const seconds = (nowMs - rateFrom.atMs) / 1000;
      const fps = seconds > 0 ? (frames - rateFrom.frames) / seconds : 0;
      if (seconds >= 1) rateFrom = { atMs: nowMs, frames };
      return fps;
    },
    recentConfidence: (): number[] => confidence,
    latency: () => ({ verdictMs: watches.verdictMs.spread(), gateAckMs: watches.gateAckMs.spread() }),
    figures: (provider: string | null): Omit<LaneFigures, 'plc'> => ({
      lane,
      frames,
      dropped,
      late: counts.late,
      parts: counts.parts,
      ...{ unsure: counts.unsure, error: counts.error },
      missedTriggers: counts.missedTriggers,
      doubleTriggers: counts.doubleTriggers,
      firstVerdictAtMs,
      visionRssBytes: measured.visionRssBytes,
      provider,
      ...figuresOf(watches),
    }),
    /** Starts every count and time again: for `linegate bench`, after its warm-up. */
    reset(): void {
      for (const watch of Object.values(watches)) watch.reset();
      counts = zero();
      frames = 0;
      dropped = 0;
      rateFrom = { atMs: 0, frames: 0 };
    },
  };
  return measured;
};

export type Measured = ReturnType<typeof openMeasured>;
