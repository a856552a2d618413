import type { PartSeen } from '../contract/frame.ts';
import type { Found } from './detectRule.ts';
import type { Detector } from './detector.ts';
import type { Mat } from './opencv.ts';
import { alignRoi, type PixelFormat, type Roi } from './pixels.ts';

/** What is to be scored of a frame, and what else is seen in it. */
export interface Sighting {
  /** As {@link FrameScored.parts}. */
  parts: PartSeen[] | null;
  /** `null`: nothing in the frame may be scored. */
  region: Roi | null;
}
export type Look = (frame: Mat) => Sighting;

/** Where the sensor fires the camera, the part is where the recipe says. */
export const lookAtRoi = (roi: Roi): Look => {
  const always: Sighting = { parts: null, region: roi };
  return () => always;
};

/** Where the camera runs freely, the parts are looked for, and the region of interest follows the one it will score. */
export const lookAround =
  (detector: Detector, aiming: Aiming): Look =>
  (frame) =>
    aim(detector.find(frame), aiming);

interface Aiming {
  /** As large as what is scored; its middle is where a part is seen best. */
  roi: Roi;
  format: PixelFormat;
  frameWidth: number;
}

/**
 * Chooses the part nearest to the middle of the region of interest, of those around which a region of that size lies inside
 * the frame. Pure. One a frame: each part is the nearest one for as long as it takes to move by the distance between two,
 * and a second inference would only make the first one late.
 */
export const aim = (found: readonly Found[], { roi, format, frameWidth }: Aiming): Sighting => {
  const half = roi.width / 2;
  const middle = roi.x + half;
  let nearest: Found | null = null;
  for (const part of found) {
    if (part.centrePx < half || part.centrePx > frameWidth - half) continue;
    if (nearest === null || Math.abs(part.centrePx - middle) < Math.abs(nearest.centrePx - middle)) nearest = part;
  }
  return {
    parts: found.map((part) => ({ centrePx: part.centrePx, scored: part === nearest })),
    region: nearest === null ? null : alignRoi({ ...roi, x: Math.round(nearest.centrePx - half) }, format),
  };
};
