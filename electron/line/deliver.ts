import { monoMs } from '../base/clock.ts';
import type { GateOutcome } from '../contract/gate.ts';
import type { LaneOutlets } from './lane.ts';
import { type Decided, gateCommand, type LaneIdentity, toRecord } from './decided.ts';
import type { Measured } from './measured.ts';
import { type Belt, deadlineOf } from './schedule.ts';

type Outlets = Pick<LaneOutlets, 'send' | 'keep' | 'canKeep' | 'gateEnd'>;

/**
 * Where a decided part goes: to the gate, and into the records.
 *
 * What must hold: one command and one record a part, records in the order of their sequences; a command that is too late
 * is never sent, and nothing here waits for `records`. While no record can be kept the gate is told nothing, and the PLC
 * applies the fail-safe: no part is sorted without a trace.
 */
export const openDelivery = (identity: LaneIdentity, outlets: Outlets, measured: Measured) => {
  const { gateEnd } = outlets;
  const keep =
    gateEnd === null ? keepEnded(identity, outlets, measured) : keepAtOnce(identity, { ...outlets, gateEnd }, measured);
  let underway = 0;
  return {
    /** Sends the command for a part on a belt that moves so. */
    deliver(decided: Decided, belt: Belt): void {
      measured.verdict(decided);
      underway += 1;
      const command = gateCommand(decided, deadlineOf(decided.trigger, belt, decided.setup.recipe.gate));
      const telling = outlets.canKeep() ? outlets.send(command) : Promise.resolve('not-connected' as const);
      const ended = telling.then((gate) => {
        const doneMonoMs = monoMs();
        underway -= 1;
        measured.gate(gate, doneMonoMs, decided);
        return { gate, doneMonoMs };
      });
      keep(decided, ended);
    },
    /** Commands that have not ended yet. */
    underway: (): number => underway,
  };
};

type Keep = (decided: Decided, ended: Promise<{ gate: GateOutcome; doneMonoMs: number }>) => void;

/** Where the PLC answers a command within milliseconds the record waits for that. */
const keepEnded = (identity: LaneIdentity, outlets: Pick<Outlets, 'keep'>, measured: Measured): Keep => {
  let recorded: Promise<void> = Promise.resolve();
  return (decided, ended) => {
    // A command that is too late ends before the one in flight: records wait for each other, so that they leave in order.
    recorded = recorded
      .then(() => ended)
      .then(({ gate, doneMonoMs }) => {
        if (!outlets.keep(toRecord(identity, decided, gate, doneMonoMs))) measured.unkept += 1;
      });
  };
};

/** Where a command ends when the part is at the gate, the decision is on record by then, whatever becomes of this process. */
const keepAtOnce =
  (
    identity: LaneIdentity,
    outlets: { keep: Outlets['keep']; gateEnd: NonNullable<Outlets['gateEnd']> },
    measured: Measured,
  ): Keep =>
  (decided, ended) => {
    const isKept = outlets.keep(toRecord(identity, decided, 'underway', decided.decidedMonoMs));
    if (!isKept) measured.unkept += 1;
    else void ended.then(({ gate: outcome }) => outlets.gateEnd({ lane: identity.lane, sequence: decided.sequence, outcome }));
  };
