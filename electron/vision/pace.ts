import { monoMs } from '../base/clock.ts';

/** When frame number `frame` of a source at `fps` is due: an absolute schedule, so that small delays do not add up. */
export const dueMs = (startMs: number, frame: number, fps: number): number => startMs + (frame * 1000) / fps;

export interface Pace {
  /** Blocks this thread until the next frame is due; not at all when it is late. */
  wait(): void;
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Gives a recording the rhythm of a camera. `Infinity` frames a second: as fast as it goes. */
export const openPace = (fps: number, startMs: number): Pace => {
  let frame = 0;
  return {
    wait: () => {
      const waitMs = dueMs(startMs, frame, fps) - monoMs();
      frame += 1;
      if (waitMs > 0) Atomics.wait(sleeper, 0, 0, waitMs);
    },
  };
};
