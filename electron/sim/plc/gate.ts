import type { FromConveyor, PlcCounts, PlcFigures, ToConveyor } from '../../contract/wiring.ts';
import { countAnswer, countLeft, noCounts } from './counts.ts';
import { openOpenings } from './opening.ts';
import type { PlcOptions } from './options.ts';
import {
  type Cell,
  emptyRegister,
  type Finding,
  onBelt,
  onEdge,
  onLeft,
  onResult,
  type Register,
  type Result,
  type ResultAnswer,
} from './register.ts';

/** Where the shift register's work shows: the wires to the conveyor and the tags. */
export interface GateOutlets {
  send(message: ToConveyor): void;
  triggered(cell: Cell, triggerSeq: number): void;
  rejectConfirmed(partId: number): void;
}

export type Belt = Omit<Extract<FromConveyor, { type: 'tick' }>, 'type'>;

const uint32 = 2 ** 32;
/** Ids that are kept of what went out. */
const mostEjected = 10_000;

/** The gate and its shift register, between the conveyor's wires and the vision system's results. */
export const openGate = (options: Omit<PlcOptions, 'server' | 'wiring'>, outlets: GateOutlets) => {
  let register: Register | null = null;
  let counts = noCounts();
  let belt: Belt = { encoder: 0, countsPerSecond: 0, running: false };
  let isBeltUnknown = true;
  let bypass = false;
  const decides = options.gate === 'plc';
  const openings = openOpenings(options.window);
  const ejected: number[] = [];

  const finding: Finding =
    options.findParts === 'id' ? { by: 'id' } : { by: 'place', distance: options.gateDistance, tolerance: options.window / 2 };

  const openBetween = (from: number, to: number): void =>
    outlets.send({ type: 'gate', openAt: from % uint32, closeAt: to % uint32 });

  const act = (cell: Cell): void => {
    if (cell.decision?.stop) outlets.send({ type: 'belt', run: false });
    if (!cell.decision?.reject) return;
    const place = cell.encoder + options.gateDistance;
    openBetween(place - options.window, place + options.window);
  };

  /** Nobody knows what is between sensor and gate: the fail-safe is for all of it (reject-gate §5, id jump). */
  const rejectTheGap = (): void => {
    isBeltUnknown = false;
    if (options.failSafe !== 'pass-and-mark' && !bypass)
      openBetween(belt.encoder, belt.encoder + options.gateDistance - options.window);
  };

  const decide = (blind: boolean): void => {
    const lead = options.window + (belt.countsPerSecond * options.actuatorMs) / 1000;
    const gate = { distance: options.gateDistance, lead };
    if (register !== null)
      for (const cell of onBelt(register, belt.encoder, gate, { failSafe: options.failSafe, blind, bypass })) act(cell);
  };

  /** The part went out: the reject-confirm sensor has seen it. */
  const confirm = (cell: Cell, openedBefore: number, blind: boolean): void => {
    const partId = cell.verdict?.partId ?? cell.partId;
    outlets.rejectConfirmed(partId);
    ejected.push(partId);
    if (ejected.length > mostEjected) ejected.shift();
    if (!blind) openings.add((cell.encoder + options.gateDistance) % uint32, openedBefore, belt.countsPerSecond);
  };

  return {
    /** `blind`: the vision system shows no life. */
    hear(message: FromConveyor, blind: boolean): void {
      if (message.type === 'edge') {
        // As if the counter had outlived the power: ids go on where the conveyor's count stands.
        register ??= emptyRegister(message.part);
        outlets.triggered(onEdge(register, message), register.triggerSeq);
      } else if (message.type === 'tick') {
        belt = message;
        if (!decides) return;
        if (isBeltUnknown) rejectTheGap();
        decide(blind);
      } else {
        const cell = register === null ? null : onLeft(register, message.part);
        if (cell === null) return;
        countLeft(counts, cell, message.ejected, decides);
        if (message.openedBefore !== null) confirm(cell, message.openedBefore, blind);
      }
    },
    result(result: Result): ResultAnswer {
      const answer = register === null ? 'refused' : onResult(register, result, belt.encoder, finding);
      countAnswer(counts, answer);
      return answer;
    },
    /** The wires were cut: what is on the belt is not known any more. */
    forgetBelt(): void {
      register?.cells.clear();
      isBeltUnknown = true;
    },
    /** The vision system was away and may come back as another: its sequence numbers start anew. */
    forgetSequence(): void {
      if (register !== null) register.lastResultSeq = null;
    },
    /** On: everything passes. */
    bypass(on: boolean): void {
      bypass = on;
    },
    belt: (): Belt => belt,
    counts: (): PlcCounts => counts,
    ejections: (): Pick<PlcFigures, 'ejected' | 'opening'> => ({ ejected, opening: openings.figures() }),
    reset(): void {
      counts = noCounts();
      ejected.length = 0;
      openings.reset();
    },
  };
};
