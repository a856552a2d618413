/** Since when a frame is due, monotonic milliseconds; `null` while none is: a belt that stands asks for none. */
export interface Expecting {
  dueSinceMs: number | null;
  /** Parts since then. */
  dueParts: number;
}

/** So many parts in a row without a frame are no lost frame any more: nothing is being worked on. */
const stalledParts = 3;

/** A frame should come now: a part was triggered, or the last frame of a free-running camera has just come. */
export const expectFrame = (expecting: Expecting, nowMs: number): void => {
  expecting.dueSinceMs ??= nowMs;
  expecting.dueParts += 1;
};

/** A frame has come; a camera that runs freely owes the next one at once. */
export const frameCame = (expecting: Expecting, freeRunning: boolean, nowMs: number): void => {
  expecting.dueSinceMs = freeRunning ? nowMs : null;
  expecting.dueParts = freeRunning ? stalledParts : 0;
};

/** Nothing is due: the camera does not run, as everybody knows. */
export const expectNothing = (expecting: Expecting): void => {
  expecting.dueSinceMs = null;
  expecting.dueParts = 0;
};

/** For how long parts have been coming without any frame, milliseconds; `null` while that is not so. // faults #68 */
export const dueMs = ({ dueSinceMs, dueParts }: Expecting, nowMs: number): number | null =>
  dueSinceMs === null || dueParts < stalledParts ? null : nowMs - dueSinceMs;

/** The camera is connected and gives nothing though a frame has been due for longer than `mostMs`. // faults #2 */
export const isSilent = ({ dueSinceMs }: Pick<Expecting, 'dueSinceMs'>, mostMs: number, nowMs: number): boolean =>
  dueSinceMs !== null && nowMs - dueSinceMs > mostMs;

/** For how long frames have been overdue, as far as we were there to see it. */
export interface Overdue {
  forMs: number;
  lookedAtMs: number;
}

/** No tick takes so long; the rest was a pause of our own, which is none of the camera's. */
const longestTickMs = 50;

/** Takes a look at `nowMs` into `overdue`; returns for how long, milliseconds, frames have been overdue in a row. */
export const overdueFor = (overdue: Overdue, isOverdue: boolean, nowMs: number): number => {
  const sinceMs = Math.min(nowMs - overdue.lookedAtMs, longestTickMs);
  overdue.lookedAtMs = nowMs;
  overdue.forMs = isOverdue ? overdue.forMs + sinceMs : 0;
  return overdue.forMs;
};
