/** How many frames may be looked at now: filled by time, emptied by frames. */
export interface Admission {
  credit: number;
  atMs: number;
}

/** Frames that may come at once after a pause; a longer queue would only make every one of them late. // faults #6 */
const mostAtOnce = 2;

export const openAdmission = (): Admission => ({ credit: mostAtOnce, atMs: Number.NEGATIVE_INFINITY });

/** Whether a frame that came at `nowMs` is within `mostFps` frames a second; counts it when it is. */
export const admit = (admission: Admission, mostFps: number, nowMs: number): boolean => {
  const credit = Math.min(mostAtOnce, admission.credit + ((nowMs - admission.atMs) * mostFps) / 1000);
  admission.atMs = nowMs;
  admission.credit = credit >= 1 ? credit - 1 : credit;
  return credit >= 1;
};
