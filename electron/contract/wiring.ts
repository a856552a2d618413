import type { JobOrder } from './job.ts';
import type { VerdictKind } from './verdict.ts';

/**
 * The wires of the simulated line between the conveyor (with its camera) and the PLC: what would be cables in a
 * cabinet. The conveyor listens on a Unix socket (`base/framing.ts`), the PLC connects and connects again.
 *
 * All positions are encoder counts. The truth travels with the sensor edge so that the PLC can count what went wrong;
 * nothing of it reaches Linegate.
 */
export type FromConveyor = SensorEdge | BeltTick | PartLeft;
export type ToConveyor = GatePulse | GateOutput | BeltCommand;

/** A part is under the camera; the same edge fires the exposure. */
export interface SensorEdge {
  type: 'edge';
  /** Grows by one a part. */
  part: number;
  encoder: number;
  truth: { label: string; bad: boolean };
}
/** Every 5 ms: where the belt is. */
export interface BeltTick {
  type: 'tick';
  encoder: number;
  countsPerSecond: number;
  running: boolean;
}
/** A part passed the gate's place: ejected (the reject-confirm sensor saw it) or gone on. */
export interface PartLeft {
  type: 'left';
  part: number;
  ejected: boolean;
  /** How many counts before the part the gate had opened; `null` for one that went on. */
  openedBefore: number | null;
}
/** High-speed compare output: the gate is open while the encoder is between the two counts. */
export interface GatePulse {
  type: 'gate';
  openAt: number;
  closeAt: number;
}

/** The gate's valve: from `lagMs` after this on, the gate is open or closed. */
export interface GateOutput {
  type: 'output';
  open: boolean;
  lagMs: number;
}

/** The belt's motor contactor: the fail-safe `stop` opens it, a person closes it again. */
export interface BeltCommand {
  type: 'belt';
  run: boolean;
}

/** What the simulated PLC knows at the end: asked, with {@link PlcFigures}, by `{type:'counts'}` over the process's IPC channel. */
export interface PlcCounts {
  parts: number;
  bad: number;
  /** Bad parts that went on to the customer. */
  escapes: number;
  /** Good parts that were ejected. */
  falseRejects: number;
  /** Verdicts that came after the part's cell had been decided. */
  late: number;
  /** Parts for which no verdict came in time: the fail-safe decided. */
  missing: number;
  /** Commands refused: unknown part id, sequence not growing, second verdict for a part. */
  refused: number;
  unsure: number;
  errors: number;
  /** Parts to which the gate did something else than was decided for them. */
  wrongActions: number;
  /** Commands that were taken. */
  accepted: number;
}

/** The counts, and how the simulated PLC is. */
export interface PlcFigures extends PlcCounts {
  /** It decides by its own rule now. */
  failSafe: boolean;
  /** Ids of the last parts that went out, oldest first. */
  ejected: number[];
  /** How far from where it should the gate opened, of parts with which it did; later than it should is above 0. */
  opening: OpeningError;
  /** Users that were turned away since it started. */
  refusedUsers: number;
}

/** Of `count` openings, the mean error and the largest sizes of it. */
export interface OpeningError {
  count: number;
  meanCounts: number;
  p99Counts: number;
  maxCounts: number;
  meanMs: number;
  p99Ms: number;
  maxMs: number;
}

/** What the simulated MES counted: asked in the same way. */
export interface MesCounts {
  /** Reports, each counted once. */
  received: number;
  duplicates: number;
  refused: number;
  /** Received after one with a higher sequence of the same lane. */
  outOfOrder: number;
  /** By `station/lane`. */
  lastSequence: Record<string, number>;
  /** What was received for each job order, by verdict. */
  orders: Record<string, Record<VerdictKind, number>>;
  /** What the station has last responded for each. */
  responses: Record<string, JobOrder>;
}
