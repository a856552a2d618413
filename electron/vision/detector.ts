import { type DetectionRule, findParts, type Found, markSquares } from './detectRule.ts';
import { cv, type Mat } from './opencv.ts';
import type { Roi } from './pixels.ts';
import { noStill, takeStillAway } from './still.ts';

/** Finds parts in a free-running camera's frames, which come in their order; keeps no `Mat`. */
export interface Detector {
  /** Parts wholly in view, from left to right; pixels of the frame. */
  find(frame: Mat): Found[];
}

/** Coarse enough to be cheap, fine enough for a place within a few pixels. */
const stepPx = 8;

/** Looks at the rows of `roi` over the whole width of frames of `width` pixels. */
export const openDetector = (rule: DetectionRule, roi: Roi, width: number): Detector => {
  const columns = Math.floor(width / stepPx);
  const rows = Math.floor(roi.height / stepPx);
  const band = { columns, rows, stepPx };
  const rect = new cv.Rect(0, roi.y, columns * stepPx, rows * stepPx);
  const marks = new Uint8Array(columns * rows);
  const still = noStill(marks.length);
  return {
    find(frame) {
      const region = frame.getRegion(rect);
      // Averaging a Bayer pattern over whole squares gives grey.
      const small = region.resize(rows, columns, 0, 0, cv.INTER_AREA);
      const grey = small.channels === 1 ? small : small.cvtColor(cv.COLOR_BGR2GRAY);
      const levels = grey.getData();
      for (const made of new Set([region, small, grey])) made.release();
      markSquares(levels, band, rule, marks);
      takeStillAway(still, marks);
      return findParts(marks, band, rule);
    },
  };
};
