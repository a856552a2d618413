import { writeStamp } from '../../contract/stamp.ts';
import { disturb } from './disturb.ts';
import type { Film } from './film.ts';
import type { Knobs } from './knobs.ts';
import { frameHeight, frameWidth } from './light.ts';
import { countsPerPart } from './part.ts';
import { type FrameStream, type Shot, stampBytes } from './stream.ts';
import { isSameView, type View } from './view.ts';

/** What the camera has done so far. */
export interface CameraFigures {
  /** Exposures. */
  frames: number;
  /** Frames that at least one client was sent. */
  delivered: number;
  /** Frames that a connected client had no room for, and frames that were not ready in time. */
  dropped: number;
}

/** A camera: an exposure now, its frame a fixed time later. */
export interface Camera {
  /** The shutter opened at `atMs`, with `view` before the lens. */
  expose(view: View, encoder: number, atMs: number): void;
  /** Sends what is due. */
  step(nowMs: number): void;
  /** When the next frame is due; `Infinity` when none is. */
  nextMs(): number;
  /**
   * Draws the frame of `next` before it is exposed, once the station has had time for the last one: a camera takes no
   * processor from who looks at its frames, and drawing shall not either.
   */
  drawAhead(next: View, nowMs: number): void;
  /** The light has changed, or the like: what is drawn ahead shows what was before. */
  forgetAhead(): void;
  figures: CameraFigures;
}

interface Exposed {
  view: View;
  sequence: number;
  encoder: number;
  atMs: number;
  /** Drawn ahead, or still to be drawn. */
  shot: Shot | null;
}

/** Frames that may wait; with more than that the camera was triggered faster than it can. */
const mostWaiting = 3;

/** How long the station is left alone with a frame, at most, and as a share of the time between two. */
const restMs = 6;
const restShare = 0.4;

/** A copy of which the lower half never arrived, as a driver hands it on. */
const tornOf = ({ bytes }: Shot): Shot => ({
  bytes: Buffer.from(bytes).fill(0, (frameHeight / 2) * frameWidth),
  holders: 0,
});

export const noCameraFigures = (): CameraFigures => ({ frames: 0, delivered: 0, dropped: 0 });

export interface CameraTiming {
  /** From the flash to the frame on the wire: exposure and readout. */
  readoutMs: number;
  /** Frames a second of a camera that fires itself; `null`: one for each part. */
  freeRunning: number | null;
}

/** A camera that shows `film` to whoever listens to `stream`. */
export const createCamera = (film: Film, stream: FrameStream, knobs: Knobs, timing: CameraTiming): Camera => {
  const { readoutMs, freeRunning } = timing;
  let waiting: Exposed[] = [];
  let sequence = 0;
  let ahead: { view: View; shot: Shot } | null = null;
  let shown: Shot | null = null;
  let kept: { stamp: Buffer; shot: Shot } | null = null;
  let restUntilMs = Number.NEGATIVE_INFINITY;

  const hold = (shot: Shot): Shot => {
    shot.holders += 1;
    return shot;
  };
  const release = (shot: Shot | null): void => {
    if (shot !== null) shot.holders -= 1;
  };
  const takeAhead = (view: View): Shot | null => {
    const shot = ahead !== null && isSameView(ahead.view, view) ? ahead.shot : null;
    if (shot === null) release(ahead?.shot ?? null);
    ahead = null;
    return shot;
  };
  /** The frame to send: the last one again while the picture is frozen. */
  const develop = (exposed: Exposed): Shot => {
    if (knobs.freeze && shown !== null) {
      release(exposed.shot);
      return shown;
    }
    release(shown);
    shown = exposed.shot ?? hold(film.shot(exposed.view));
    return shown;
  };
  const put = (stamp: Buffer, shot: Shot): void => {
    const { taken, missed } = stream.send(stamp, shot);
    if (taken > 0) camera.figures.delivered += 1;
    if (missed > 0) camera.figures.dropped += 1;
  };
  const deliver = (exposed: Exposed): void => {
    const shot = develop(exposed);
    if (knobs.silent) return;
    const stamp = Buffer.from(shot.bytes.subarray(0, stampBytes));
    writeStamp(stamp, frameWidth, 1, { sequence: exposed.sequence, encoder: exposed.encoder, exposedAtMs: exposed.atMs });
    // One that is kept back must not be drawn over before it is sent.
    const before = kept;
    const now = { stamp, shot: hold(shot) };
    const out = disturb(knobs, before, now);
    kept = out.kept;
    for (const { frame, torn } of out.send) put(frame.stamp, torn ? tornOf(frame.shot) : frame.shot);
    for (const done of [before, now]) if (done !== null && done !== kept) release(done.shot);
  };
  const camera: Camera = {
    figures: noCameraFigures(),
    expose(view, encoder, atMs) {
      const shutters = 1 + knobs.extra;
      for (let shutter = 0; shutter < shutters; shutter++) {
        sequence = (sequence + 1) >>> 0;
        const ofPart = shutter / shutters;
        waiting.push({
          ...{ view, sequence, shot: takeAhead(view) },
          encoder: (encoder + Math.round(ofPart * countsPerPart)) >>> 0,
          atMs: atMs + (ofPart * 1000) / knobs.rate,
        });
        camera.figures.frames += 1;
      }
    },
    step(nowMs) {
      const due = waiting.filter(({ atMs }) => atMs + readoutMs <= nowMs);
      waiting = waiting.slice(due.length);
      for (const lost of due.splice(0, due.length - mostWaiting)) {
        release(lost.shot);
        camera.figures.dropped += 1;
      }
      for (const exposed of due) deliver(exposed);
      if (due.length > 0) restUntilMs = nowMs + Math.min(restMs, (restShare * 1000) / (freeRunning ?? knobs.rate));
    },
    nextMs: () => (waiting[0] === undefined ? Infinity : waiting[0].atMs + readoutMs),
    drawAhead(next, nowMs) {
      if (nowMs < restUntilMs || waiting.length >= mostWaiting || knobs.freeze) return;
      if (ahead !== null && isSameView(ahead.view, next)) return;
      release(ahead?.shot ?? null);
      ahead = { view: next, shot: hold(film.shot(next)) };
    },
    forgetAhead() {
      release(ahead?.shot ?? null);
      ahead = null;
    },
  };
  return camera;
};
