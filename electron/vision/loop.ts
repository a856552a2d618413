import { setImmediate as turn } from 'node:timers/promises';
import { monoMs } from '../base/clock.ts';
import { type FrameStamp, readStamp, stampBlockPx, stampWidthPx } from '../contract/stamp.ts';
import type { FrameScored, FromVision, Refusal, VisionHeartbeat } from '../contract/frame.ts';
import type { Camera } from './camera.ts';
import { countFrame } from './counter.ts';
import { countRefusal, type FrameCheck } from './frameCheck.ts';
import type { HangWatch } from './hangWatch.ts';
import { cv, type Mat } from './opencv.ts';
import type { Pictures } from './pictures.ts';
import type { Roi } from './pixels.ts';
import type { Recent } from './recent.ts';
import type { Scorer } from './scorer.ts';
import type { Look, Sighting } from './sight.ts';

/** What one run of the loop works with: from opening a camera to losing it. */
export interface Running {
  camera: Camera;
  /** The first frame was read to learn size and format; it is scored like the others. */
  first: Mat;
  check: FrameCheck;
  look: Look;
  scorer: Scorer;
  pictures: Pictures;
  recent: Recent;
  stamped: boolean;
  send: (message: FromVision) => void;
  watch: HangWatch;
  stopped: () => boolean;
}

export interface Tally {
  frames: number;
  lastSequence: number | null;
  refused: VisionHeartbeat['refused'];
  heartbeatMs: number;
}

const heartbeatEveryMs = 100;

/**
 * Camera → scores, one frame after the other, until the camera gives no more, its stream has lost its place, or `stopped()`.
 * Per frame: no disk, no network, no log; the event loop turns once, so that requests from `line` are heard.
 */
export const runLoop = async (running: Running, tally: Tally): Promise<void> => {
  let frame: Mat | null = running.first;
  let opened = true;
  while (frame !== null && !running.stopped() && !running.check.lost()) {
    running.watch.working();
    await work(running, tally, { frame, inMemoryAtMs: monoMs(), opened });
    running.watch.waiting();
    opened = false;
    await turn();
    const waitFromMs = monoMs();
    frame = running.camera.read();
    running.pictures.noteWait(monoMs() - waitFromMs);
  }
  frame?.release();
};

/** One frame that has come. */
interface Arrived {
  frame: Mat;
  inMemoryAtMs: number;
  /** The first of its camera. */
  opened: boolean;
}

const work = async (running: Running, tally: Tally, { frame, inMemoryAtMs, opened }: Arrived): Promise<void> => {
  const stamp = running.stamped ? stampOf(frame) : null;
  const { order, sequence, missedBefore } = countFrame(tally.lastSequence, stamp, opened);
  if (order !== 'next') return passBy(tally, frame, order);
  // Not counted as seen: the next frame says how many are missing before it, and `line` answers for their parts at once.
  if (!running.check.admits(inMemoryAtMs)) return passBy(tally, frame, 'runaway');
  const fault = running.check.faultOf(frame, running.stamped && stamp === null);
  if (fault !== null) {
    countRefusal(tally.refused, fault);
    // Told with this frame: the next may not come for a long time.
    tally.heartbeatMs = Number.NEGATIVE_INFINITY;
  }
  const seen = fault === null ? running.look(frame) : nothing;
  running.send({
    type: 'scored',
    sequence,
    missedBefore,
    encoder: stamp?.encoder ?? null,
    exposedAtMs: stamp?.exposedAtMs ?? null,
    inMemoryAtMs,
    ...(seen.region === null ? unscored() : await scoresOf(running.scorer, frame, seen.region)),
    fault,
    parts: seen.parts,
  } satisfies FrameScored);
  tally.lastSequence = sequence;
  tally.frames += 1;
  if (fault === 'wrong-format') frame.release();
  else {
    running.recent.put(sequence, { frame, region: seen.region ?? running.scorer.roi });
    running.pictures.makeDue(sequence, frame, seen.region);
  }
  beat(running, tally);
};

const passBy = (tally: Tally, frame: Mat, why: Refusal): void => {
  countRefusal(tally.refused, why);
  frame.release();
};

const nothing: Sighting = { parts: null, region: null };

const scoresOf = async (scorer: Scorer, frame: Mat, region: Roi) => {
  const { scores, preparedAtMs, inferredAtMs } = await scorer.score(frame, region);
  return { preparedAtMs, inferredAtMs, scores: Array.from(scores) };
};

const unscored = () => {
  const nowMs = monoMs();
  return { preparedAtMs: nowMs, inferredAtMs: nowMs, scores: [] };
};

const beat = (running: Running, tally: Tally): void => {
  const nowMs = monoMs();
  if (nowMs - tally.heartbeatMs < heartbeatEveryMs) return;
  tally.heartbeatMs = nowMs;
  const { frames, refused } = tally;
  running.send({ type: 'heartbeat', frames, refused, rssBytes: process.memoryUsage.rss() });
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
