import type { VisionState } from '../contract/frame.ts';
import { dueMs, type Expecting, expectFrame, expectNothing, frameCame, isSilent } from './silence.ts';
import type { Outlook } from './track.ts';

const unseen: VisionState = { type: 'state', camera: 'opening', message: '', frameSize: null, roi: null, model: null };
const silent: Pick<VisionState, 'camera' | 'message'> = {
  camera: 'lost',
  message: 'Parts come and the camera, connected, gives no frame.',
};

/** A camera that was lost stays so until it delivers: that its process opens it once more is no news. */
const afterState = ({ camera, message }: VisionState, told: VisionState): VisionState =>
  told.camera === 'opening' && camera === 'lost' ? { ...told, camera, message } : told;

/**
 * What a lane can see at this moment: what `vision` says, and what it cannot say, because it is blocked in its read (a
 * camera that says nothing) or in its inference (its watcher says so). Times are monotonic milliseconds.
 */
export const openVisionWatch = () => {
  let state = unseen;
  let hangs = false;
  const expecting: Expecting = { dueSinceMs: null, dueParts: 0 };
  const watch = {
    onState(now: VisionState): void {
      state = afterState(state, now);
      hangs = false;
      expectNothing(expecting);
    },
    onHang(now: boolean): void {
      hangs = now;
    },
    onTrigger(nowMs: number): void {
      if (state.camera === 'running') expectFrame(expecting, nowMs);
    },
    onFrame: (freeRunning: boolean, nowMs: number): void => frameCame(expecting, freeRunning, nowMs),
    /** For how long parts have been coming without any frame, though the camera is said to run; `null` while that is not so. */
    dueMs: (nowMs: number): number | null => dueMs(expecting, nowMs),
    /** In its own words. */
    state: (): VisionState => state,
    /** A camera is silent when a frame has been due for more than `mostMs`. */
    seen: (mostMs: number, nowMs: number): VisionState => (isSilent(expecting, mostMs, nowMs) ? { ...state, ...silent } : state),
    /** Whether a part can hope for a frame, and why it gets none. */
    outlook(mostMs: number, nowMs: number): Outlook {
      if (hangs) return { framesCome: false, why: 'inference-hangs' };
      if (watch.seen(mostMs, nowMs).camera === 'running') return { framesCome: true, why: 'no-frame' };
      const why = state.model === null ? 'vision-restarting' : 'camera-lost';
      // A camera that is silent only seems to be lost: its frame may come yet.
      return { framesCome: state.camera === 'running', why };
    },
    /** A verdict can be given: a camera is open, a model is loaded, and no work on a frame hangs. */
    ready: (mostMs: number, nowMs: number): boolean =>
      !hangs && state.model !== null && watch.seen(mostMs, nowMs).camera === 'running',
  };
  return watch;
};
