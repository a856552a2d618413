/**
 * The one animation loop of the page. What it drives writes to the DOM by reference, outside React.
 *
 * It holds: a frame is asked for only when something has changed, and all drawing of one frame happens together.
 */
export interface FrameLoop {
  /** Calls `draw` in every frame that comes, and once soon; returns what ends that. */
  add(draw: Draw): () => void;
  /** Something has changed: the next frame draws. */
  wake(): void;
}
/** @param nowMs The page's monotonic clock, milliseconds. */
type Draw = (nowMs: number) => void;

/** @param request `requestAnimationFrame`, or a test's own. */
export const createFrameLoop = (request: (callback: (nowMs: number) => void) => unknown): FrameLoop => {
  const draws = new Set<Draw>();
  let isAsked = false;
  const run = (nowMs: number): void => {
    isAsked = false;
    for (const draw of draws) draw(nowMs);
  };
  const wake = (): void => {
    if (isAsked) return;
    isAsked = true;
    request(run);
  };
  return {
    add(draw) {
      draws.add(draw);
      wake();
      return () => void draws.delete(draw);
    },
    wake,
  };
};
