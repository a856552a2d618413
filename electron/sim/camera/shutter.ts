import { type Belt, encoderOf, positionAt } from './belt.ts';
import type { Camera } from './camera.ts';
import type { Film } from './film.ts';

/** What exposes the camera's frames. */
export interface Shutter {
  /** A part is at the sensor. */
  onEdge(part: number, encoder: number, atMs: number): void;
  /** Exposes what is due on a belt that has moved to `nowMs`. */
  step(belt: Belt, nowMs: number): void;
  /** The program was held up, and the world with it. */
  hold(heldMs: number): void;
  /** When it wants to be called next; `Infinity` when it does not. */
  nextMs(): number;
  /** Draws the next frame while there is time. */
  drawAhead(belt: Belt, nowMs: number): void;
}

/** Where a free-running camera is, and how fast. */
export interface FreeRun {
  framesPerSecond: number;
  /** What the encoder showed at the start. */
  encoderStart: number;
  startMs: number;
  /** The first part that lies on the belt; the last one is the belt's. */
  firstPart: () => number;
}

/** The part-present sensor fires the camera. */
export const triggeredShutter = (film: Film, camera: Camera): Shutter => ({
  onEdge: (part, encoder, atMs) => camera.expose(film.atSensor(part), encoder, atMs),
  step: () => undefined,
  hold: () => undefined,
  nextMs: () => Infinity,
  drawAhead(belt, nowMs) {
    if (belt.next <= belt.last) camera.drawAhead(film.atSensor(belt.next), nowMs);
  },
});

/** The camera fires itself, at its own pace, whatever lies before it and whether the belt runs. */
export const freeShutter = (film: Film, camera: Camera, run: FreeRun): Shutter => {
  const everyMs = 1000 / run.framesPerSecond;
  let dueMs = run.startMs;
  let frames = 0;
  const view = (belt: Belt) =>
    film.at(positionAt(belt, dueMs) - run.encoderStart, { first: run.firstPart(), last: belt.last, seed: frames });
  return {
    onEdge: () => undefined,
    step(belt, nowMs) {
      for (; dueMs <= nowMs; dueMs += everyMs, frames += 1) camera.expose(view(belt), encoderOf(positionAt(belt, dueMs)), dueMs);
    },
    hold(heldMs) {
      dueMs += heldMs;
    },
    nextMs: () => dueMs,
    drawAhead: (belt, nowMs) => camera.drawAhead(view(belt), nowMs),
  };
};
