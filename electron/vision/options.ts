import type { Recipe } from '../config/recipe.ts';
import type { LaneConfig, Station } from '../config/station.ts';
import type { CheckLimits } from './frameRule.ts';

/** What `line` hands its `vision` child at start, as JSON in one argument: all it needs of station and recipe. */
export interface VisionOptions {
  camera: LaneConfig['camera'];
  modelFolder: string;
  providers: Station['providers'];
  roi: Recipe['roi'];
  /** How parts are found; `null` where a sensor fires the camera. */
  detection: Recipe['detection'] | null;
  checks: CheckLimits;
  previewFps: number;
  jpegQuality: number;
}

/**
 * Frames of the same bytes in a row that make a camera frozen. Fired by a sensor, each frame is another part: already the
 * first that comes again would be judged in its place. Free-running, a buffer given twice shows what is before the camera.
 */
const mostSame = { triggered: 2, 'free-running': 5 } as const satisfies Record<Recipe['tracking']['mode'], number>;

/** The options of one lane's process. */
export const visionOptions = (station: Station, lane: LaneConfig, recipe: Recipe): VisionOptions => ({
  camera: lane.camera,
  modelFolder: recipe.model,
  providers: station.providers,
  roi: recipe.roi,
  detection: recipe.tracking.mode === 'free-running' ? recipe.detection : null,
  checks: { ...recipe.checks, frozenFrames: recipe.checks.frozenFrames ?? mostSame[recipe.tracking.mode] },
  previewFps: lane.previewFps,
  jpegQuality: recipe.images.jpegQuality,
});
