/** Since when a frame is due, monotonic milliseconds; `null` while none is: a belt that stands asks for none. */
export interface Expecting {
  dueSinceMs: number | null;
}

/** A frame should come now: a part was triggered, or the last frame of a free-running camera has just come. */
export const expectFrame = (expecting: Expecting, nowMs: number): void => {
  expecting.dueSinceMs ??= nowMs;
};

/** A frame has come; a camera that runs freely owes the next one at once. */
export const frameCame = (expecting: Expecting, freeRunning: boolean, nowMs: number): void => {
  expecting.dueSinceMs = freeRunning ? nowMs : null;
};

/** The camera is connected and gives nothing though a frame has been due for longer than `mostMs`. // faults #2 */
export const isSilent = ({ dueSinceMs }: Expecting, mostMs: number, nowMs: number): boolean =>
  dueSinceMs !== null && nowMs - dueSinceMs > mostMs;
