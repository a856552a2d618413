import type { FrameScored, PartSeen } from '../contract/frame.ts';
import type { Trigger } from '../contract/gate.ts';
import type { FaultReason } from '../contract/verdict.ts';
import { type Belt, encoderAt, encoderDistance } from './schedule.ts';
import type { Step } from './step.ts';

/**
 * Tracking without a trigger: the camera runs freely, each part is in several frames, each frame may show several parts,
 * and where they lie says which. A part's place is the encoder count at which its centre was, or will be, in the middle of
 * the region of interest: the same in all its frames, whatever the belt's speed and while it stands.
 *
 * What must hold: a part ends in exactly one step, `inspected` or `notInspected`, in the order of the belt; a frame is one
 * part's at most; places of ended parts only grow; memory is bounded however long the belt stands.
 */
export interface FreeRunning {
  /** In the order of the belt, the one farthest along first. */
  open: OpenPart[];
  /** Where the last ended part was; sights of it that come late are no new part. */
  lastPlace: number | null;
  /** The count that the last frame showed; `null` where frames show none. */
  encoder: number | null;
  nextPartId: number;
}

interface OpenPart {
  /** Those that were scored for it, each from another place. */
  frames: FrameScored[];
  /** How far it was past the middle in the last of them, counts. */
  usedAtCounts: number | null;
  place: number;
  /** When it was, or will be, in the middle, by the belt's speed at its last sight. */
  inMiddleAtMs: number;
  lastSeenMs: number;
  /** Of a frame that came while it was in sight and showed nothing. */
  fault: FaultReason | null;
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

/** Time has passed, and if a part went by without a frame of it, this is why. */
export interface FreeTime {
  nowMs: number;
  whyNoFrame: FaultReason;
}

const uint32 = 2 ** 32;
/** However slowly the belt creeps, these tell enough of a part. */
const mostFrames = 32;
/** More than fit under any camera: what is found beyond is no part but a pattern of the belt. */
const mostOpen = 64;

/** The belt is empty as far as is known; ids are given from `nextPartId` on. */
export const emptyFreeRun = (nextPartId: number): FreeRunning => ({
  open: [],
  lastPlace: null,
  encoder: null,
  nextPartId: nextPartId % uint32,
});

/** A frame has come. Changes `state` and returns what is to be done, in order. */
export const onFreeFrame = (state: FreeRunning, frame: FrameScored, belt: Belt, rule: FreeRunRule): Step[] => {
  state.encoder = frame.encoder;
  if (frame.fault !== null) for (const part of state.open) part.fault = frame.fault;
  const steps: Step[] = [];
  let owner: OpenPart | null = null;
  let isUsed = false;
  for (const part of frame.parts ?? []) {
    const sight = sightOf(part, frame, belt, rule);
    const seen = sight === null ? null : see(state, sight, steps, rule);
    if (!part.scored || seen === null || sight === null) continue;
    owner = seen;
    isUsed = use(owner, frame, sight, rule);
  }
  if (!isUsed) steps.push({ do: 'forgetFrame', frame });
  // The belt goes one way: when a part is the nearest to the middle, those before it will not be scored again.
  if (owner !== null) steps.push(...endUntil(state, state.open.indexOf(owner), 'frame-lost'));
  return [...steps, ...onFreeTime(state, { nowMs: frame.inMemoryAtMs, whyNoFrame: 'frame-lost' }, belt, rule)];
};

/** Adds the frame to the part's, unless it shows it where the last one did: a part that stands is seen again and again. */
const use = (part: OpenPart, frame: FrameScored, { pastCounts }: Sight, { toleranceCounts }: FreeRunRule): boolean => {
  const { frames, usedAtCounts } = part;
  const movedCounts = usedAtCounts === null ? Infinity : Math.abs(pastCounts - usedAtCounts);
  if (frames.length >= mostFrames || movedCounts * 2 < toleranceCounts) return false;
  frames.push(frame);
  part.usedAtCounts = pastCounts;
  return true;
};

/**
 * The part-present sensor, `sensorCounts` before the middle, has seen a part: one of those that frames show or will show; if
 * none does, because nobody looked, it is answered for when it has gone by. Its id means nothing here.
 */
export const onFreeTrigger = (state: FreeRunning, trigger: Trigger, rule: FreeRunRule & { sensorCounts: number }): Step[] => {
  const { encoder, receivedAtMs } = trigger;
  const place = (((encoder + rule.sensorCounts) % uint32) + uint32) % uint32;
  const steps: Step[] = [];
  // A frame tells better when it is where.
  if (knownAt(state, place, rule) === undefined)
    see(state, { place, pastCounts: -rule.sensorCounts, inMiddleAtMs: receivedAtMs, seenMs: receivedAtMs }, steps, rule);
  return steps;
};

/**
 * Time has passed: a part that was not seen for `lostMs`, and that the belt has carried past the middle, has gone by. How
 * far the belt is, only a count that was heard tells: it may have slowed down since.
 */
export const onFreeTime = (
  state: FreeRunning,
  { nowMs, whyNoFrame }: FreeTime,
  { running, at }: Pick<Belt, 'running' | 'at'>,
  { lostMs }: Pick<FreeRunRule, 'lostMs'>,
): Step[] => {
  if (!running) return [];
  const isPast = (place: number, encoder: number | null | undefined): boolean =>
    typeof encoder === 'number' && encoderDistance(place, encoder) >= 0;
  const gone = state.open.findLastIndex(
    ({ place, lastSeenMs }) => nowMs - lastSeenMs > lostMs && (isPast(place, state.encoder) || isPast(place, at?.encoder)),
  );
  return endUntil(state, gone + 1, whyNoFrame);
};

/** Ends the first `count` open parts. */
const endUntil = (state: FreeRunning, count: number, whyNoFrame: FaultReason): Step[] =>
  state.open.splice(0, count).map(({ frames: [first, ...more], place, inMiddleAtMs, fault }): Step => {
    const partId = state.nextPartId;
    state.nextPartId = (partId + 1) % uint32;
    state.lastPlace = place;
    const trigger = { triggerSeq: partId, partId, encoder: place, receivedAtMs: inMiddleAtMs };
    if (first === undefined) return { do: 'notInspected', trigger, why: fault ?? whyNoFrame };
    return { do: 'inspected', trigger, frames: [first, ...more] };
  });

interface Sight {
  place: number;
  pastCounts: number;
  inMiddleAtMs: number;
  seenMs: number;
}

const knownAt = (state: FreeRunning, place: number, { toleranceCounts }: FreeRunRule): OpenPart | undefined =>
  state.open.find((part) => Math.abs(encoderDistance(part.place, place)) <= toleranceCounts);

/** The open part that was seen, a new one if need be; `null` when it has ended. What has to end before it goes to `steps`. */
const see = (state: FreeRunning, { place, inMiddleAtMs, seenMs }: Sight, steps: Step[], rule: FreeRunRule): OpenPart | null => {
  const known = knownAt(state, place, rule);
  if (known !== undefined) return Object.assign(known, { inMiddleAtMs, lastSeenMs: seenMs });
  const newest = state.open.at(-1)?.place ?? state.lastPlace;
  if (newest !== null && encoderDistance(newest, place) < -rule.gateCounts) {
    steps.push(...endUntil(state, state.open.length, 'frame-lost'));
    state.lastPlace = null;
  }
  if (state.lastPlace !== null && encoderDistance(state.lastPlace, place) <= rule.toleranceCounts) return null;
  if (state.open.length >= mostOpen) return null;
  const part: OpenPart = { frames: [], usedAtCounts: null, place, inMiddleAtMs, lastSeenMs: seenMs, fault: null };
  const after = state.open.findIndex((other) => encoderDistance(place, other.place) > 0);
  state.open.splice(after === -1 ? state.open.length : after, 0, part);
  return part;
};

/** Where a part is; `null` while nothing is known of the belt. */
const sightOf = (
  { centrePx }: PartSeen,
  { encoder: stamped, inMemoryAtMs, exposedAtMs }: FrameScored,
  belt: Belt,
  { countsPerPx, middlePx }: FreeRunRule,
): Sight | null => {
  const atMs = exposedAtMs ?? inMemoryAtMs;
  const encoder = stamped ?? encoderAt(belt, atMs);
  if (encoder === null) return null;
  const pastMiddle = Math.round((centrePx - middlePx) * countsPerPx);
  const speed = belt.running ? belt.countsPerSecond : 0;
  return {
    pastCounts: pastMiddle,
    place: (((encoder - pastMiddle) % uint32) + uint32) % uint32,
    inMiddleAtMs: speed > 0 ? atMs - (pastMiddle / speed) * 1000 : atMs,
    seenMs: inMemoryAtMs,
  };
};
