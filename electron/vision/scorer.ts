import { monoMs } from '../base/clock.ts';
import { PersonError } from '../base/errors.ts';
import type { ModelPackage } from '../config/modelPackage.ts';
import type { Mat } from './opencv.ts';
import { alignRoi, type PixelFormat, type Roi } from './pixels.ts';
import { prepare } from './prepare.ts';
import type { Session } from './session.ts';

export interface Scored {
  scores: Float32Array;
  preparedAtMs: number;
  inferredAtMs: number;
}

/** From a frame to scores: the same steps for the line, a replay and the golden set. */
export interface Scorer {
  /** Of `region`, as large as `roi`, aligned and inside the frame. `scores` is overwritten by the next call. */
  score(frame: Mat, region?: Roi): Promise<Scored>;
  readonly roi: Roi;
}

/** What is known of a camera's frames, and which part of them is looked at. */
export interface FrameShape {
  format: PixelFormat;
  frameSize: { width: number; height: number };
  roi?: Roi | undefined;
}

/** `roi` left out means the whole frame. Throws {@link PersonError} when it does not fit into the frame. */
export const openScorer = (
  session: Session,
  { manifest }: ModelPackage,
  { format, frameSize, roi: wantedRoi }: FrameShape,
): Scorer => {
  const roi = alignRoi(wantedRoi ?? { x: 0, y: 0, ...frameSize }, format);
  if (roi.x + roi.width > frameSize.width || roi.y + roi.height > frameSize.height)
    throw new PersonError(
      `The region of interest (${roi.width}×${roi.height} at ${roi.x},${roi.y}) is not inside the camera's ${frameSize.width}×${frameSize.height} frame.`,
      'Correct "roi" in the recipe, or the camera mode.',
    );
  return {
    roi,
    async score(frame, region = roi) {
      const pixels = prepare(frame, format, region, manifest.input);
      const preparedAtMs = monoMs();
      const scores = await session.score(pixels);
      return { scores, preparedAtMs, inferredAtMs: monoMs() };
    },
  };
};
