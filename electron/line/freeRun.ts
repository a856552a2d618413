import type { FrameScored } from '../contract/frame.ts';
import { type Belt, encoderAt, encoderDistance } from './schedule.ts';
import type { Step } from './step.ts';

/**
 * Tracking without a trigger: the camera runs freely, each part is in several frames, and where it lies says which.
 * A part's place is the encoder count at which its centre was, or will be, in the middle of the region of interest: the
 * same in all its frames, whatever the belt's speed and while it stands.
 *
 * What must hold: a part ends in exactly one `inspected` step, in the order of the belt; a frame belongs to one part at
 * most; places of ended parts only grow; memory is bounded however long the belt stands.
 */
export interface FreeRunning {
  open: OpenPart | null;
  /** Where the part before it was; sights of it that come late are no new part. */
  lastPlace: number | null;
  nextPartId: number;
}

interface OpenPart {
  frames: [FrameScored, ...FrameScored[]];
  place: number;
  /** When it was, or will be, in the middle, by the belt's speed at its first sight. */
  inMiddleAtMs: number;
  lastSeenMs: number;
}

export interface FreeRunRule {
  toleranceCounts: number;
  countsPerPx: number;
  lostMs: number;
  /** Middle of the region of interest, pixels from the left edge of the frame. */
  middlePx: number;
  /** From there to the gate: a part that lies farther behind another has not been seen, the encoder was set anew. */
  gateCounts: number;
}

const uint32 = 2 ** 32;
/** A part that stands under the camera is seen for ever; these tell enough of it. */
const mostFrames = 32;

/** The belt is empty as far as is known; ids are given from `nextPartId` on. */
export const emptyFreeRun = (nextPartId: number): FreeRunning => ({
  open: null,
  lastPlace: null,
  nextPartId: nextPartId % uint32,
});

/** A frame has come. Changes `state` and returns what is to be done, in order. */
export const onFreeFrame = (state: FreeRunning, frame: FrameScored, belt: Belt, rule: FreeRunRule): Step[] => {
  const sight = sightOf(frame, belt, rule);
  if (sight === null) return [...onFreeTime(state, frame.inMemoryAtMs, belt, rule), { do: 'forgetFrame', frame }];
  const { open } = state;
  if (open !== null && isSame(open.place, sight.place, rule)) {
    open.lastSeenMs = frame.inMemoryAtMs;
    if (open.frames.length >= mostFrames) return [{ do: 'forgetFrame', frame }];
    open.frames.push(frame);
    return [];
  }
  const before = open?.place ?? state.lastPlace;
  // The belt goes one way: what lies behind the newest part has been seen already.
  if (before !== null && isBehind(before, sight.place, rule)) return [{ do: 'forgetFrame', frame }];
  const ended = end(state);
  state.open = { frames: [frame], ...sight, lastSeenMs: frame.inMemoryAtMs };
  return ended;
};

/** Time has passed: a part that was not seen for `lostMs` on a running belt has gone by. */
export const onFreeTime = (
  state: FreeRunning,
  nowMs: number,
  { running }: Pick<Belt, 'running'>,
  { lostMs }: Pick<FreeRunRule, 'lostMs'>,
): Step[] => (state.open !== null && running && nowMs - state.open.lastSeenMs > lostMs ? end(state) : []);

const end = (state: FreeRunning): Step[] => {
  const { open } = state;
  if (open === null) return [];
  const partId = state.nextPartId;
  state.nextPartId = (partId + 1) % uint32;
  state.lastPlace = open.place;
  state.open = null;
  const trigger = { triggerSeq: partId, partId, encoder: open.place, receivedAtMs: open.inMiddleAtMs };
  return [{ do: 'inspected', trigger, frames: open.frames }];
};

const isSame = (place: number, other: number, { toleranceCounts }: FreeRunRule): boolean =>
  Math.abs(encoderDistance(place, other)) <= toleranceCounts;

const isBehind = (place: number, other: number, { toleranceCounts, gateCounts }: FreeRunRule): boolean => {
  const ahead = encoderDistance(place, other);
  return ahead <= toleranceCounts && ahead >= -gateCounts;
};

/** Where the part in a frame is; `null` without one, or while nothing is known of the belt. */
const sightOf = (
  { part, encoder: stamped, inMemoryAtMs, exposedAtMs }: FrameScored,
  belt: Belt,
  { countsPerPx, middlePx }: FreeRunRule,
): { place: number; inMiddleAtMs: number } | null => {
  if (part?.inView !== true) return null;
  const atMs = exposedAtMs ?? inMemoryAtMs;
  const encoder = stamped ?? encoderAt(belt, atMs);
  if (encoder === null) return null;
  const pastMiddle = Math.round((part.centrePx - middlePx) * countsPerPx);
  const speed = belt.running ? belt.countsPerSecond : 0;
  return {
    place: (((encoder - pastMiddle) % uint32) + uint32) % uint32,
    inMiddleAtMs: speed > 0 ? atMs - (pastMiddle / speed) * 1000 : atMs,
  };
};
