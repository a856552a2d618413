import type { PreviewHeader, StationStatus } from '../../electron/contract/api.ts';
import type { LaneStatus } from '../../electron/contract/facts.ts';
import { afterShowing, isAdmitted, nothingShown, type Shown } from '../live/admit.ts';
import { createRing, perSecond } from '../live/ring.ts';

/**
 * What changes many times a second. It stays out of React: components read it in the frame loop and write to the DOM.
 * Times are the page's monotonic milliseconds, so that neither a wrong clock here nor one at the station makes an age wrong.
 */
export interface Live {
  readonly status: StationStatus | null;
  readonly statusAtMs: number;
  /** The frame whose turn it is; `bitmap` is taken by whoever draws it. */
  readonly picture: { header: PreviewHeader; bitmap: ImageBitmap | null; atMs: number } | null;
  /** The newest verdict that had the picture, and when. */
  readonly verdict: { of: NonNullable<PreviewHeader['verdict']>; atMs: number } | null;
  readonly shown: Shown;
  lane(): LaneStatus | null;
  /** Pictures a second that arrived. */
  pictureRate(nowMs: number): number;
  hear(status: StationStatus): void;
  admits(header: PreviewHeader): boolean;
  show(header: PreviewHeader, bitmap: ImageBitmap): void;
  /** Another lane is looked at: its pictures and verdicts are not those of the last one. */
  lookAt(lane: string): void;
}

/**
 * @param wake Asks for a frame.
 * @param now The page's monotonic clock, milliseconds.
 */
export const createLive = (wake: () => void, now: () => number): Live => {
  const arrivals = createRing(24);
  let lane: string | null = null;
  const state = {
    status: null as StationStatus | null,
    statusAtMs: Number.NEGATIVE_INFINITY,
    picture: null as Live['picture'],
    verdict: null as Live['verdict'],
    shown: nothingShown,
  };
  return Object.assign(state, {
    lane: () => state.status?.line?.lanes.find((each) => each.lane === lane) ?? null,
    pictureRate: (nowMs: number) => perSecond(arrivals, nowMs),
    hear(status: StationStatus) {
      state.status = status;
      state.statusAtMs = now();
      wake();
    },
    admits(header: PreviewHeader) {
      arrivals.push(now());
      return isAdmitted(state.shown, header.verdict, now());
    },
    show(header: PreviewHeader, bitmap: ImageBitmap) {
      const atMs = now();
      state.picture?.bitmap?.close();
      state.picture = { header, bitmap, atMs };
      state.shown = afterShowing(state.shown, header.verdict, atMs);
      if (header.verdict !== null) state.verdict = { of: header.verdict, atMs };
      wake();
    },
    lookAt(next: string) {
      lane = next;
      arrivals.clear();
      state.picture?.bitmap?.close();
      Object.assign(state, { picture: null, verdict: null, shown: nothingShown });
      wake();
    },
  });
};
