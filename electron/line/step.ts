import type { LineEventKind } from '../contract/facts.ts';
import type { FrameScored } from '../contract/frame.ts';
import type { Trigger } from '../contract/gate.ts';
import type { FaultReason } from '../contract/verdict.ts';

/** What tracking wants done, in order. */
export type Step =
  | { do: 'inspected'; trigger: Trigger; frames: readonly [FrameScored, ...FrameScored[]] }
  | { do: 'notInspected'; trigger: Trigger; why: FaultReason }
  /** A frame of no part: light or vibration fired the camera, the trigger was lost on its way, or the belt is empty here. */
  | { do: 'forgetFrame'; frame: FrameScored }
  /** Something that a person should be able to find again. `count`: so many triggers or ids it is about. */
  | { do: 'note'; kind: LineEventKind; count: number; what: string };
