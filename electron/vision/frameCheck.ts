import type { Refusal } from '../contract/frame.ts';
import type { FaultReason } from '../contract/verdict.ts';
import { admit, openAdmission } from './admit.ts';
import { type CheckLimits, frameFault, sameRun } from './frameRule.ts';
import type { LooksReader } from './looks.ts';
import type { Mat } from './opencv.ts';

/** The checks of one camera's frames, from its opening to its loss. */
export interface FrameCheck {
  /** `false`: more frames come than the recipe allows, and this one is left out. */
  admits(nowMs: number): boolean;
  faultOf(frame: Mat, markLost: boolean): FaultReason | null;
  /** So many frames in a row had no mark: the stream has lost its place, only opening it again finds it. */
  lost(): boolean;
}

const mostUnmarked = 3;
/** Frames come as they should again after so long. */
const calmMs = 1000;

/** `onRunaway` hears when too many frames begin to come, and when that ends. */
export const openFrameCheck = (limits: CheckLimits, looks: LooksReader, onRunaway: (runs: boolean) => void): FrameCheck => {
  const admission = openAdmission();
  let leftOutAtMs: number | null = null;
  let run = 0;
  let unmarked = 0;
  return {
    admits(nowMs) {
      if (limits.mostFps === undefined) return true;
      if (!admit(admission, limits.mostFps, nowMs)) {
        if (leftOutAtMs === null) onRunaway(true);
        leftOutAtMs = nowMs;
        return false;
      }
      if (leftOutAtMs !== null && nowMs - leftOutAtMs > calmMs) {
        leftOutAtMs = null;
        onRunaway(false);
      }
      return true;
    },
    faultOf(frame, markLost) {
      unmarked = markLost ? unmarked + 1 : 0;
      const seen = looks.read(frame, markLost);
      run = sameRun(run, seen);
      return frameFault(seen, limits, run);
    },
    lost: () => unmarked >= mostUnmarked,
  };
};

/** Counts one frame that was not scored. */
export const countRefusal = (refused: Partial<Record<Refusal, number>>, why: Refusal): void => {
  refused[why] = (refused[why] ?? 0) + 1;
};
