import type { SensorEdge } from '../../contract/wiring.ts';

/**
 * The shift register of the simulated PLC: one cell for each part between sensor and gate, found by part id or, for a vision
 * system that finds parts by itself, by its place; decided by encoder count. Pure: data in, data out; `server.ts` and `main.ts` act on what it says.
 *
 * What must hold: every part is decided exactly once, before it reaches the gate; a verdict fills a cell at most once and
 * never after it was decided; without a valid verdict the fail-safe decides.
 */
export interface Register {
  /** In the order of the belt. */
  cells: Map<number, Cell>;
  /** Id of the first part ever, to know which ids were given. */
  firstPartId: number;
  nextPartId: number;
  triggerSeq: number;
  lastResultSeq: number | null;
}

export interface Cell {
  /** The conveyor's number of the part. */
  part: number;
  partId: number;
  /** Encoder count at the sensor. */
  encoder: number;
  bad: boolean;
  verdict: { code: number; reject: boolean; partId: number } | null;
  decision: Decision | null;
}

export interface Decision {
  reject: boolean;
  stop: boolean;
  /** No valid verdict: the fail-safe decided. */
  missing: boolean;
}

export type FailSafe = 'reject' | 'stop' | 'pass-and-mark';

/** What the client wrote; `ResultSeq` came last. */
export interface Result {
  sequence: number;
  partId: number;
  verdictCode: number;
  reject: boolean;
  valid: boolean;
  deadline: number;
  /** Encoder count at which the part is at the gate. */
  gateEncoder: number;
}
/** What decides when no verdict does; `blind` while the vision system's heartbeat is too old. */
export interface Safety {
  failSafe: FailSafe;
  blind: boolean;
  /** The gate lets everything pass: a person wants it so. */
  bypass: boolean;
}

export type ResultAnswer = 'accepted' | 'late' | 'refused';

/** Where the gate stands and how early it must be told, encoder counts. */
export interface Gate {
  distance: number;
  lead: number;
}

/** How the part of a result is found: by its id, or by where it will be at the gate, within so many counts. */
export type Finding = { by: 'id' } | { by: 'place'; distance: number; tolerance: number };

const uint32 = 2 ** 32;

/** Counts from `from` to `to` on an encoder that wraps at 2³²; negative when `to` lies behind. */
const ahead = (from: number, to: number): number => (to - from) | 0;

/** A register without parts; ids are given from `firstPartId` on. */
export const emptyRegister = (firstPartId: number): Register => ({
  cells: new Map(),
  firstPartId,
  nextPartId: firstPartId,
  triggerSeq: 0,
  lastResultSeq: null,
});

/** A part is at the sensor: it gets an id and a cell. */
export const onEdge = (register: Register, edge: SensorEdge): Cell => {
  const partId = register.nextPartId;
  const cell: Cell = { part: edge.part, partId, encoder: edge.encoder, bad: edge.truth.bad, verdict: null, decision: null };
  register.cells.set(partId, cell);
  register.nextPartId = (partId + 1) % uint32;
  register.triggerSeq = (register.triggerSeq + 1) % uint32;
  return cell;
};

/** A command from the vision system, with the belt at `encoder`. Fills the part's cell when all is in order. */
export const onResult = (register: Register, result: Result, encoder: number, finding: Finding): ResultAnswer => {
  const grew = register.lastResultSeq === null || ahead(register.lastResultSeq, result.sequence) > 0;
  if (!grew || !result.valid || (finding.by === 'id' && !wasGiven(register, result.partId))) return 'refused';
  register.lastResultSeq = result.sequence;
  const isLate = ahead(encoder, result.deadline) < 0;
  const cell = finding.by === 'id' ? register.cells.get(result.partId) : cellAt(register, result.gateEncoder, finding);
  // No part ever was at a place that is still ahead.
  if (cell === undefined) return finding.by === 'id' || isLate ? 'late' : 'refused';
  // A second verdict for a part is refused, even when it says the same.
  if (cell.verdict !== null) return 'refused';
  if (cell.decision !== null || isLate) return 'late';
  cell.verdict = { code: result.verdictCode, reject: result.reject, partId: result.partId };
  return 'accepted';
};

/** The cell of the part that will be nearest to the gate at `gateEncoder`, none beyond the tolerance. */
const cellAt = (
  register: Register,
  gateEncoder: number,
  { distance, tolerance }: Extract<Finding, { by: 'place' }>,
): Cell | undefined => {
  const away = ({ encoder }: Cell): number => Math.abs(ahead(gateEncoder, (encoder + distance) % uint32));
  let nearest: Cell | undefined;
  for (const cell of register.cells.values())
    if (away(cell) <= tolerance && (nearest === undefined || away(cell) < away(nearest))) nearest = cell;
  return nearest;
};

const wasGiven = (register: Register, partId: number): boolean =>
  (partId - register.firstPartId + uint32) % uint32 < (register.nextPartId - register.firstPartId + uint32) % uint32;

/**
 * The belt is at `encoder`: decides every cell that comes within reach of the gate and returns them, in order.
 * `blind`: the vision system's heartbeat is too old, so the fail-safe decides whatever stands in the cell.
 */
export const onBelt = (register: Register, encoder: number, gate: Gate, safety: Safety): Cell[] => {
  const decided: Cell[] = [];
  for (const cell of register.cells.values()) {
    const toGate = ahead(encoder, (cell.encoder + gate.distance) % uint32);
    if (toGate > gate.lead) break;
    // The conveyor never told that it left: the wire was cut meanwhile.
    if (toGate < -gate.distance) register.cells.delete(cell.partId);
    if (cell.decision !== null) continue;
    cell.decision = decisionOn(cell, safety);
    decided.push(cell);
  }
  return decided;
};

const decisionOn = ({ verdict }: Cell, { failSafe, blind, bypass }: Safety): Decision => {
  const missing = verdict === null || blind;
  if (bypass) return { reject: false, stop: false, missing };
  if (missing) return { reject: failSafe !== 'pass-and-mark', stop: failSafe === 'stop', missing };
  return { reject: verdict.reject, stop: false, missing };
};

/** The conveyor's part `part` is past the gate: its cell, which is free now, or `null` when it never had one. */
export const onLeft = (register: Register, part: number): Cell | null => {
  for (const cell of register.cells.values()) {
    if (cell.part !== part) continue;
    register.cells.delete(cell.partId);
    return cell;
  }
  return null;
};
