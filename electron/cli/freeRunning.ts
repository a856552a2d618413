import { PersonError } from '../base/errors.ts';
import type { RecipeChange } from './demoStation.ts';

/** What is otherwise on the demo line when its camera fires itself. */
export interface FreeRunningLine {
  cameraArgs: string[];
  plcArgs: string[];
  recipe: RecipeChange;
}

/** More the simulated camera cannot draw. */
const mostFps = 250;

/** Parts of the demo's tape lie 420 pixels and 160 encoder counts apart, and the belt runs to the left. */
const countsPerPx = -160 / 420;

/**
 * A camera that gives `fps` frames a second, whatever the belt does, and parts that lie unevenly; `null`: the demo
 * line as it is, fired by its sensor. Throws {@link PersonError}.
 */
export const freeRunningLine = (fps: number | null): FreeRunningLine => {
  if (fps === null) return { cameraArgs: [], plcArgs: [], recipe: {} };
  if (!Number.isInteger(fps) || fps < 1 || fps > mostFps)
    throw new PersonError('A camera that fires itself needs a pace.', `Give --free-running frames a second, 1 to ${mostFps}.`);
  return {
    cameraArgs: ['--free-running', `${fps}`, '--spread', '20'],
    plcArgs: ['--find-parts', 'place'],
    recipe: {
      // A quarter of the mean spacing.
      tracking: { mode: 'free-running', countsPerPx, toleranceCounts: 40, sensorCounts: 0 },
      policy: { frames: 'mean' },
    },
  };
};
