import type { Label } from './manifest.ts';
import type { FaultReason } from './verdict.ts';

/** Why a frame was not scored: it shows nothing that may be judged, it came twice or late, or more came than the recipe allows. */
export type Refusal = FaultReason | 'again' | 'late' | 'runaway';

/** `vision` → `line`: one frame, scored. Times are monotonic milliseconds (`base/clock.ts`). */
export interface FrameScored {
  type: 'scored';
  /** The camera's own counter where it has one, else counted by us; starts anywhere, grows by one a frame. */
  sequence: number;
  /** Frames that the counter says are missing just before this one. */
  missedBefore: number;
  /** Encoder count at exposure, where the camera tells it. */
  encoder: number | null;
  /** Start of exposure, where the camera tells it. */
  exposedAtMs: number | null;
  inMemoryAtMs: number;
  preparedAtMs: number;
  inferredAtMs: number;
  /** One probability per label of the model, empty when `fault` is set or no part is in view. */
  scores: number[];
  fault: FaultReason | null;
  /**
   * The parts that lie wholly in view, from left to right; empty, and no scores, while the belt is empty here. `null` where
   * nobody looks for parts, because a sensor fires the camera, or because of a `fault`.
   */
  parts: PartSeen[] | null;
}

/** A part in one frame of a free-running camera: which part of the belt it is, is for `line` to say. */
export interface PartSeen {
  /** Its centre along the belt, pixels from the left edge of the frame. */
  centrePx: number;
  /** The frame's scores are this part's: the one nearest to the middle. One of a frame at most. */
  scored: boolean;
}

/** A part of a frame, pixels. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** `vision` → `line`: a JPEG for the screen (`preview`, the whole frame) or for keeping (`kept`, region of interest). */
export interface FramePicture {
  type: 'picture';
  use: 'preview' | 'kept';
  sequence: number;
  /** Where the part in it was scored, pixels of the frame; `null`: there was none to score. */
  region: Region | null;
  width: number;
  height: number;
  jpeg: Uint8Array;
  /** Of what is kept: the same, small, for lists; left out where it would be no smaller. */
  thumbnail?: Uint8Array;
}

export type CameraState = 'opening' | 'running' | 'ended' | 'lost';

/** `vision` → `line`: what is open, at every change. */
export interface VisionState {
  type: 'state';
  camera: CameraState;
  /** For a person; empty while all is well. */
  message: string;
  frameSize: { width: number; height: number } | null;
  /** The region that is scored, in pixels of the frame; free-running, where it is when a part is in the middle. */
  roi: Region | null;
  model: ModelInUse | null;
}

/** `vision` → `line`, every 100 ms of turning loop: proof that frames are being worked on, not only that a timer runs. */
export interface VisionHeartbeat {
  type: 'heartbeat';
  frames: number;
  /** Frames that were not scored since the process began, by cause. */
  refused: Partial<Record<Refusal, number>>;
  rssBytes: number;
}

/** `vision` → `line`: it cannot start or go on; the process exits after it. */
export interface VisionFailed {
  type: 'failed';
  message: string;
}

/** `vision` → `line`, from the thread that watches the loop: the work on a frame takes too long, or has ended after all. */
export interface VisionHang {
  type: 'hang';
  hangs: boolean;
}

/** What the watcher writes to its pipe, one byte each; its thread has no other way out of the process. */
export const hangBytes = { over: 0, hangs: 1 } as const;
/** The file descriptor at which `line` lays that pipe; 0 to 3 are Node's. */
export const hangPipe = 4;

/** `vision` → `line`: the region of interest as it is, for keeping without loss: eight bits a channel, RGB. */
export interface FramePixels {
  type: 'pixels';
  sequence: number;
  width: number;
  height: number;
  rgb: Uint8Array;
  /** A small JPEG of it, as of {@link FramePicture}. */
  thumbnail?: Uint8Array;
}

export type FromVision = FrameScored | FramePicture | FramePixels | VisionState | VisionHeartbeat | VisionFailed | VisionHang;

/** `line` → `vision`: encode and send the picture of a recent frame, or send its pixels. */
export interface KeepPicture {
  type: 'keep';
  sequence: number;
  lossless: boolean;
}
export interface StopVision {
  type: 'stop';
}
export type ToVision = KeepPicture | StopVision;

/** Which model runs where; part of every record. */
export interface ModelInUse {
  name: string;
  version: string;
  /** First eight characters of the SHA-256 of `model.onnx`. */
  sha8: string;
  provider: Provider;
  labels: Label[];
}

export const providers = ['tensorrt', 'cuda', 'cpu'] as const;
export type Provider = (typeof providers)[number];
