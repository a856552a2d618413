import type { LinkState } from './facts.ts';
import type { Histogram } from './histogram.ts';

/** A supervised process → its parent, over Node's IPC channel. */
export type FromProcess =
  | { type: 'ready' }
  /** Every 100 ms while work is being done; a process that only turns its event loop must not send it. */
  | { type: 'heartbeat'; work: number; rssBytes: number; lastSequence?: Record<string, number> }
  | { type: 'figures'; figures: unknown };

/** Parent → process. `figures` asks for {@link LaneFigures} or the like; `reset` forgets what was measured so far. */
export type ToProcess = { type: 'stop' } | { type: 'figures' } | { type: 'reset' };

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
}
