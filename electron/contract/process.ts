import type { LinkState } from './facts.ts';
import type { Histogram } from './histogram.ts';

/** A supervised process → its parent, over Node's IPC channel. */
export type FromProcess =
  | { type: 'ready' }
  | Heartbeat
  | { type: 'figures'; figures: unknown }
  /** A person at the screen wants what is in safe mode to be started now. */
  | { type: 'start-again' };

/** Several times a second while work is being done; a process that only turns its event loop must not send it. */
export interface Heartbeat {
  type: 'heartbeat';
  work: number;
  rssBytes: number;
  lastSequence?: Record<string, number>;
  lanes?: LaneWork[];
}

/** What a lane has done since its process began, and what it owes. */
export interface LaneWork {
  lane: string;
  frames: number;
  parts: number;
  /** For how long parts have been coming without a frame, though the camera is said to run; `null` while none is due. */
  dueMs: number | null;
  /** The recipe allows so much. */
  limitMs: number;
}

/** How a supervised process is, for the screen. */
export interface ProcessState {
  name: string;
  /** `safe`: it crashed too often, is tried but seldom, and a person may have it tried now. */
  state: 'starting' | 'running' | 'restarting' | 'safe';
  /** Unasked ends of the last five minutes. */
  crashes: number;
}

/** Parent → process. `figures` asks for {@link LaneFigures} or the like; `reset` forgets what was measured so far. */
export type ToProcess =
  | { type: 'stop' }
  | { type: 'figures' }
  | { type: 'reset' }
  /** To `records`, at every change: what the screen should know of the others. */
  | { type: 'processes'; processes: ProcessState[] };

/** What `line` measures of one lane for `linegate bench`. */
export interface LaneFigures {
  lane: string;
  frames: number;
  dropped: number;
  late: number;
  parts: number;
  unsure: number;
  error: number;
  missedTriggers: number;
  doubleTriggers: number;
  firstVerdictAtMs: number | null;
  visionRssBytes: number;
  provider: string | null;
  plc: { state: LinkState; message: string /** Commands that wait for the PLC. */; waiting: number };
  verdictMs: Histogram;
  /** From the start of exposure, where the camera tells it: also what a frame waited before anybody looked at it. */
  exposureToVerdictMs: Histogram;
  inferenceMs: Histogram;
  prepareMs: Histogram;
  gateAckMs: Histogram;
  frameToGateMs: Histogram;
  /** From exposure to our memory, where the camera tells: what it needs itself, and what waits for us. */
  frameAgeMs: Histogram;
}
