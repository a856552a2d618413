import type { Recipe } from '../config/recipe.ts';
import type { LaneConfig, Station } from '../config/station.ts';

/** What `line` hands its `vision` child at start, as JSON in one argument: all it needs of station and recipe. */
export interface VisionOptions {
  camera: LaneConfig['camera'];
  modelFolder: string;
  providers: Station['providers'];
  roi: Recipe['roi'];
  /** How parts are found; `null` where a sensor fires the camera. */
  detection: Recipe['detection'] | null;
  checks: Recipe['checks'];
  previewFps: number;
  jpegQuality: number;
}

/** The options of one lane's process. */
export const visionOptions = (station: Station, lane: LaneConfig, recipe: Recipe): VisionOptions => ({
  camera: lane.camera,
  modelFolder: recipe.model,
  providers: station.providers,
  roi: recipe.roi,
  detection: recipe.tracking.mode === 'free-running' ? recipe.detection : null,
  checks: recipe.checks,
  previewFps: lane.previewFps,
  jpegQuality: recipe.images.jpegQuality,
});
