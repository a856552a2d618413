import type { Recipe } from '../config/recipe.ts';
import type { FaultReason } from '../contract/verdict.ts';

/** What was seen of one frame's pixels, on a coarse grid (`looks.ts`). Shares are 0…1. */
export interface Looks {
  /** Size and channels are those of the camera's first frame; all else is without meaning when they are not. */
  fits: boolean;
  /** The camera marks its frames, and this one has no mark or a damaged one. */
  markLost: boolean;
  /** Of the region of interest: no brighter than a tenth of full scale. */
  blackShare: number;
  /** Of the region of interest: at full scale. */
  saturatedShare: number;
  /** Of the frame's height, from its lower edge: filled with one value, as drivers leave what never arrived. */
  emptyShare: number;
  /** Every byte of the grid is that of the frame before. */
  same: boolean;
  /** Mean difference of pixels two columns apart, grey levels; `null` where the recipe sets no limit. */
  sharpness: number | null;
}
export type CheckLimits = Recipe['checks'] & { frozenFrames: number };

/** How many frames in a row were the same, this one included. */
export const sameRun = (before: number, looks: Looks): number => (looks.same ? before + 1 : 1);

/**
 * Why a frame shows nothing that may be judged, or `null`; the cause comes before what follows from it (a dark camera's
 * frames are all the same, and blurred). `run` is {@link sameRun}. // faults #3, #4, #5, #7
 */
export const frameFault = (looks: Looks, limits: CheckLimits, run: number): FaultReason | null => {
  if (!looks.fits) return 'wrong-format';
  if (looks.markLost) return 'torn';
  if (looks.blackShare >= limits.blackShare) return 'black';
  if (looks.saturatedShare > limits.saturatedShare) return 'saturated';
  if (looks.emptyShare >= limits.tornShare) return 'torn';
  if (limits.frozenFrames > 0 && run >= limits.frozenFrames) return 'frozen';
  return looks.sharpness !== null && looks.sharpness < limits.leastSharpness ? 'blurred' : null;
};
