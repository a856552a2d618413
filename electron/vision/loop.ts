import { setImmediate as turn } from 'node:timers/promises';
import { monoMs } from '../base/clock.ts';
import { type FrameStamp, readStamp, stampBlockPx, stampWidthPx } from '../contract/stamp.ts';
import type { FrameScored, FromVision } from '../contract/frame.ts';
import type { Camera } from './camera.ts';
import { countFrame } from './counter.ts';
import { cv, type Mat } from './opencv.ts';
import type { Pictures } from './pictures.ts';
import type { Recent } from './recent.ts';
import type { Scorer } from './scorer.ts';

/** What one run of the loop works with: from opening a camera to losing it. */
export interface Running {
  camera: Camera;
  /** The first frame was read to learn size and format; it is scored like the others. */
  first: Mat;
  scorer: Scorer;
  pictures: Pictures;
  recent: Recent;
  stamped: boolean;
  send: (message: FromVision) => void;
  stopped: () => boolean;
}

export interface Tally {
  frames: number;
  lastSequence: number | null;
  heartbeatMs: number;
}

const heartbeatEveryMs = 100;

/**
 * Camera → scores, one frame after the other, until the camera gives no more or `stopped()`.
 * Per frame: no disk, no network, no log; the event loop turns once, so that requests from `line` are heard.
 */
export const runLoop = async (running: Running, tally: Tally): Promise<void> => {
  let frame: Mat | null = running.first;
  while (frame !== null && !running.stopped()) {
    await work(running, tally, frame, monoMs());
    await turn();
    const waitFromMs = monoMs();
    frame = running.camera.read();
    running.pictures.noteWait(monoMs() - waitFromMs);
  }
  frame?.release();
};

const work = async (running: Running, tally: Tally, frame: Mat, inMemoryAtMs: number): Promise<void> => {
  const stamp = running.stamped ? stampOf(frame) : null;
  const { sequence, missedBefore } = countFrame(tally.lastSequence, stamp);
  const scored = await running.scorer.score(frame);
  running.send({
    type: 'scored',
    sequence,
    missedBefore,
    encoder: stamp?.encoder ?? null,
    exposedAtMs: stamp?.exposedAtMs ?? null,
    inMemoryAtMs,
    preparedAtMs: scored.preparedAtMs,
    inferredAtMs: scored.inferredAtMs,
    scores: Array.from(scored.scores),
    fault: null,
    part: null,
  } satisfies FrameScored);
  tally.lastSequence = sequence;
  tally.frames += 1;
  running.recent.put(sequence, frame);
  running.pictures.makeOne(sequence, frame);
  beat(running, tally);
};

const beat = (running: Running, tally: Tally): void => {
  const nowMs = monoMs();
  if (nowMs - tally.heartbeatMs < heartbeatEveryMs) return;
  tally.heartbeatMs = nowMs;
  running.send({ type: 'heartbeat', frames: tally.frames, rssBytes: process.memoryUsage.rss() });
};

/** The stamp in the frame's first rows, or `null`. */
const stampOf = (frame: Mat): FrameStamp | null => {
  if (frame.cols < stampWidthPx || frame.rows < stampBlockPx) return null;
  const region = frame.getRegion(new cv.Rect(0, stampBlockPx / 2, stampWidthPx, 1));
  // The binding gives no bytes of a region, only of a Mat of its own.
  const row = region.copy();
  const pixels = row.getData();
  region.release();
  row.release();
  return readStamp(pixels, frame.channels);
};
