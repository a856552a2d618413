import type { Trigger } from '../contract/gate.ts';
import type { FrameScored } from '../contract/frame.ts';
import type { FaultReason } from '../contract/verdict.ts';
import { type Admission, type AdmissionRule, noAdmission, refuseTrigger } from './admit.ts';
import { encoderDistance } from './schedule.ts';
import type { Step } from './step.ts';

/**
 * Tracking with a hardware trigger: the part-present sensor latches part id and encoder in the PLC and fires the camera,
 * so each trigger has one frame and each frame one trigger. They reach us by two ways in either order; here they meet.
 *
 * What must hold: every trigger that is a part (`admit.ts`) ends in exactly one step, in the order of the triggers;
 * a frame is used at most once; nothing waits longer than `frameTimeoutMs`.
 */
export interface Tracking {
  /** Triggers without a frame yet, oldest first. */
  triggers: Trigger[];
  /** Frames without a trigger yet, oldest first. */
  frames: FrameScored[];
  admission: Admission;
  /** Frames tell where they were taken; those that do not are told apart by their order alone. */
  placed: boolean;
}

/** What a part without a frame can hope for. */
export interface Outlook {
  /** A frame can still come; not from a process that hangs or is gone. */
  framesCome: boolean;
  /** Why there is none. */
  why: FaultReason;
}

export interface TrackRule extends AdmissionRule {
  toleranceCounts: number;
  frameTimeoutMs: number;
}

/** Nothing on its way. */
export const emptyTracking = (): Tracking => ({ triggers: [], frames: [], admission: noAdmission(), placed: false });

/** A frame that does not tell its encoder count goes with the oldest trigger: they come in the same order. */
const belongTogether = (trigger: Trigger, frame: FrameScored, { toleranceCounts }: TrackRule): boolean =>
  frame.encoder === null || Math.abs(encoderDistance(frame.encoder, trigger.encoder)) <= toleranceCounts;

/** Index of the only partner, or −1. */
const partnerOf = <T>(waiting: T[], fits: (one: T) => boolean): number => waiting.findIndex(fits);

/** A trigger has come. Changes `tracking` and returns what is to be done, in order. */
export const onTrigger = (tracking: Tracking, trigger: Trigger, rule: TrackRule): Step[] => {
  const refused = refuseTrigger(tracking.admission, trigger, tracking.triggers.length, rule);
  if (refused !== null) return refused;
  const partner = partnerOf(tracking.frames, (frame) => belongTogether(trigger, frame, rule));
  if (partner < 0) {
    tracking.triggers.push(trigger);
    return [];
  }
  return meet(tracking, trigger, partner);
};

/** A scored frame has come. Changes `tracking` and returns what is to be done, in order. */
export const onFrame = (tracking: Tracking, frame: FrameScored, rule: TrackRule): Step[] => {
  tracking.placed = frame.encoder !== null;
  const partner = partnerOf(tracking.triggers, (trigger) => belongTogether(trigger, frame, rule));
  if (partner < 0) {
    tracking.frames.push(frame);
    return [];
  }
  // Frames come in the order of their triggers: an older trigger's frame can come no more.
  const passedOver = tracking.triggers
    .splice(0, partner)
    .map((trigger): Step => ({ do: 'notInspected', trigger, why: 'frame-lost' }));
  const [trigger] = tracking.triggers.splice(0, 1);
  return trigger === undefined ? passedOver : [...passedOver, { do: 'inspected', trigger, frames: [frame] }];
};

const meet = (tracking: Tracking, trigger: Trigger, partner: number): Step[] => {
  // Triggers come in order too: those still waiting are older than this one, and their frames have been passed over.
  const passedOver = tracking.triggers
    .splice(0)
    .map((older): Step => ({ do: 'notInspected', trigger: older, why: 'frame-lost' }));
  const forgotten = tracking.frames.splice(0, partner).map((frame): Step => ({ do: 'forgetFrame', frame }));
  const [frame] = tracking.frames.splice(0, 1);
  return frame === undefined ? passedOver : [...passedOver, ...forgotten, { do: 'inspected', trigger, frames: [frame] }];
};

const hopeful: Outlook = { framesCome: true, why: 'no-frame' };

/**
 * Time has passed: what waited too long is ended. Where no frame can come, no part waits for one (faults #11: ≤ 50 ms); but
 * where frames are told apart by their order alone, one that comes after all would be taken for the next part's.
 */
export const onTime = (tracking: Tracking, nowMs: number, rule: TrackRule, { framesCome, why } = hopeful): Step[] => {
  const sinceMs = nowMs - rule.frameTimeoutMs;
  const triggersSinceMs = framesCome || !tracking.placed ? sinceMs : nowMs;
  const overdue = tracking.triggers.findIndex((trigger) => trigger.receivedAtMs > triggersSinceMs);
  const triggers = tracking.triggers.splice(0, overdue < 0 ? tracking.triggers.length : overdue);
  const fresh = tracking.frames.findIndex((frame) => frame.inMemoryAtMs > sinceMs);
  const frames = tracking.frames.splice(0, fresh < 0 ? tracking.frames.length : fresh);
  return [
    ...triggers.map((trigger): Step => ({ do: 'notInspected', trigger, why })),
    ...frames.map((frame): Step => ({ do: 'forgetFrame', frame })),
  ];
};
