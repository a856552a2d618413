import { monoMs } from '../base/clock.ts';
import type { LaneOutlets } from './lane.ts';
import { type Decided, gateCommand, type LaneIdentity, toRecord } from './decided.ts';
import type { Measured } from './measured.ts';
import { type Belt, deadlineOf } from './schedule.ts';

/**
 * Where a decided part goes: to the gate, and, once it is known how that ended, into the records.
 *
 * What must hold: one command and one record a part, records in the order of their sequences; a command that is too late
 * is never sent, and nothing here waits for `records`. While no record can be kept the gate is told nothing, and the PLC
 * applies the fail-safe: no part is sorted without a trace.
 */
export const openDelivery = (
  identity: LaneIdentity,
  outlets: Pick<LaneOutlets, 'send' | 'keep' | 'canKeep'>,
  measured: Measured,
) => {
  let recorded: Promise<void> = Promise.resolve();
  let underway = 0;
  return {
    /** Sends the command for a part on a belt that moves so. */
    deliver(decided: Decided, belt: Belt): void {
      measured.verdict(decided);
      underway += 1;
      const command = gateCommand(decided, deadlineOf(decided.trigger, belt, decided.setup.recipe.gate));
      const telling = outlets.canKeep() ? outlets.send(command) : Promise.resolve('not-connected' as const);
      const answered = telling.then((gate) => {
        const doneMonoMs = monoMs();
        underway -= 1;
        measured.gate(gate, doneMonoMs, decided);
        return { gate, doneMonoMs };
      });
      // A command that is too late ends before the one in flight: records wait for each other, so that they leave in order.
      recorded = recorded
        .then(() => answered)
        .then(({ gate, doneMonoMs }) => {
          if (!outlets.keep(toRecord(identity, decided, gate, doneMonoMs))) measured.unkept += 1;
        });
    },
    /** Commands that the PLC has not answered yet. */
    underway: (): number => underway,
  };
};
