import { z } from 'zod';
import type { CameraState, ModelInUse, Refusal } from './frame.ts';
import { type FailSafe, gateOutcomes, type Owner, type PlcMode } from './gate.ts';
import type { PartRecord } from './record.ts';
import { type VerdictKind, verdictKinds } from './verdict.ts';

/** `line` ↔ `records`, over a Unix socket that `records` serves (`base/framing.ts`). */
export type FromLine = RecordFact | GateEndFact | EventFact | Told | HelloFromLine;
export type FromRecords = HelloFromRecords | RecordKept | GateEndKept | EventKept | ResetInterlocks | KeepLossless;

/** Facts of the moment: sent once, and lost with a connection. */
export type Told = PictureFact | LosslessFact | PreviewFact | LineStatusFact;

export interface HelloFromLine {
  type: 'hello';
  station: string;
  lanes: string[];
  /** `records` has never answered this process: what is `underway` on record was so when the process before it ended. */
  isFirst: boolean;
}
/** Answer to hello: where each lane's sequence stands on disk, so that ids never repeat. */
export interface HelloFromRecords {
  type: 'hello';
  lastSequence: Record<string, number>;
}
/** Sent again after a reconnect until it is acknowledged; `records` ignores a second copy. */
export interface RecordFact {
  type: 'record';
  record: PartRecord;
}
/** All records of the lane up to and including `sequence` are on disk. */
export interface RecordKept {
  type: 'kept';
  lane: string;
  sequence: number;
}
/** How the gate command of a part ended that is on record as `underway`. */
export const gateEnd = z.object({ lane: z.string(), sequence: z.int().positive(), outcome: z.enum(gateOutcomes) });
export type GateEnd = z.infer<typeof gateEnd>;
/** Comes after its record; sent again after a reconnect until it is acknowledged. */
export interface GateEndFact extends GateEnd {
  type: 'gateEnd';
}
export interface GateEndKept {
  type: 'gateEndKept';
  lane: string;
  sequence: number;
}
/** What happened on a lane beside its parts. */
export const lineEvent = z.object({
  /** Different for every event of the station, so that a second copy is known. */
  id: z.string().max(100),
  lane: z.string(),
  kind: z.enum([
    'recipe-switched',
    'recipe-refused',
    'interlock-tripped',
    'interlock-reset',
    'double-trigger',
    'id-jump',
    'missed-trigger',
    'mode-changed',
    'control-changed',
    'plc-refused',
    'clock-step',
    'belt-unknown',
  ]),
  /** For a person. */
  what: z.string(),
  /** Wall clock, milliseconds since 1970. */
  atMs: z.int(),
});
export type LineEvent = z.infer<typeof lineEvent>;
export type LineEventKind = LineEvent['kind'];

/** Sent again after a reconnect until it is acknowledged, like a record. */
export interface EventFact {
  type: 'event';
  event: LineEvent;
}
export interface EventKept {
  type: 'eventKept';
  id: string;
}
/** A person at the screen has seen to the cause of the lane's interlocks. */
export interface ResetInterlocks {
  type: 'resetInterlocks';
  lane: string;
  by: string;
}
/** The next `count` pictures, of this verdict or of any, are to be kept without loss; they come at a slow pace. */
export const losslessWish = z.object({
  lane: z.string().max(64),
  count: z.int().min(1).max(100),
  verdict: z.enum(verdictKinds).nullable(),
});
export type LosslessWish = z.infer<typeof losslessWish>;
export interface KeepLossless extends LosslessWish {
  type: 'keepLossless';
}
/** Which part a picture is of. Pictures may be lost; records may not. */
interface PictureOf {
  lane: string;
  sequence: number;
  partId: number;
  verdict: VerdictKind;
  decidedAtMs: number;
}
/** The picture of a record as the camera gave it: eight bits a channel, RGB, row by row. */
export interface LosslessFact extends PictureOf {
  type: 'lossless';
  width: number;
  height: number;
  rgb: Uint8Array;
  /** A small JPEG of it, for lists. */
  thumbnail?: Uint8Array;
}
/** The picture of a record (region of interest, JPEG). */
export interface PictureFact extends PictureOf {
  type: 'picture';
  jpeg: Uint8Array;
  /** The same, small, for lists. */
  thumbnail?: Uint8Array;
}
/** For the screen only, never kept. */
export interface PreviewFact {
  type: 'preview';
  lane: string;
  frameSequence: number;
  width: number;
  height: number;
  jpeg: Uint8Array;
  /** The verdict on the part in this frame, when there is one. */
  verdict: { kind: VerdictKind; reason: string; confidence: number; partId: number } | null;
  /** Region of interest in pixels of the full frame. */
  roi: { x: number; y: number; width: number; height: number };
  frameSize: { width: number; height: number };
}
/** Five times a second: the state of every lane. */
export interface LineStatusFact {
  type: 'status';
  lanes: LaneStatus[];
  /** Records, and ends of gate commands, waiting in `line` for `records`. */
  waitingRecords: number;
  /** No more can wait: nothing is sent to the gates, and the PLC applies the fail-safe. */
  isFull: boolean;
}

export type LinkState = 'connecting' | 'connected' | 'stale' | 'refused';

/** Frames that could not be judged, or that never came. */
export interface Trouble {
  /** The last cause. */
  why: Refusal;
  frames: number;
}

export interface LaneStatus {
  lane: string;
  recipe: string;
  product: string;
  model: ModelInUse | null;
  camera: {
    state: CameraState;
    message: string;
    fps: number;
    frames: number;
    dropped: number;
    /** Frames that were not scored, by cause. */
    refused: Partial<Record<Refusal, number>>;
    /** What lately was wrong with its frames, and with how many; `null` while they are good. */
    trouble: Trouble | null;
  };
  plc: {
    state: LinkState;
    message: string;
    endpoint: string;
    lineRunning: boolean;
    failSafe: boolean;
    mode: PlcMode;
    /** Who may choose the recipe. */
    owner: Owner;
    binFull: boolean;
    airOk: boolean;
    heartbeatAgeMs: number | null;
  };
  /** What has tripped and waits for a person, the oldest first. */
  interlocks: Interlock[];
  counts: LaneCounts;
  /** Medians and 99th percentiles of the last minutes, milliseconds; null before the first part. */
  latency: { verdictMs: Spread | null; gateAckMs: Spread | null };
  /** How confident the last 120 parts were (0…1), oldest first. */
  recentConfidence: number[];
}
export interface Spread {
  p50: number;
  p99: number;
}
/** Why a lane wants a person: latched until one resets it. */
export type Interlock = TripCause & {
  /** `stop`: the PLC is asked to stop the belt. */
  does: 'stop' | 'alarm';
  /** For the log and the list of events, in English. */
  what: string;
  /** Wall clock. */
  atMs: number;
};
export type TripCause =
  | { kind: 'consecutive-rejects'; rejects: number }
  | { kind: 'reject-rate'; rejects: number; parts: number }
  | { kind: 'model-fault' }
  | { kind: 'fail-safe-stop'; reason: string }
  /** The station times the gate, and was too late for a part that was to go out. */
  | { kind: 'gate-missed'; partId: number }
  /** A known part, sent through the gate, did not go where it belongs. */
  | { kind: 'challenge-failed'; partId: number }
  /** The process that times the gate ended, and with it what it knew of the parts between camera and gate. */
  | { kind: 'gate-restarted'; failSafe: FailSafe };
export interface LaneCounts extends Record<VerdictKind, number> {
  parts: number;
  rejected: number;
  late: number;
  missedTriggers: number;
  /** Second triggers for one part: no second verdict for its id. */
  doubleTriggers: number;
  /** Part ids that the PLC skipped. */
  skippedIds: number;
  notSent: number;
}
