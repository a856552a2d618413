import type { GateOutcome } from '../../contract/gate.ts';
import type { TagValue } from './wire.ts';

/**
 * A scan, a sampling and a publishing interval of a slow PLC. Who has not answered by then has not taken the command or
 * cannot say so: nobody knows, and the next command must not wait for it.
 */
const patienceMs = 250;

/** The echo of `ResultSeq` in `ResultAck`, by which a PLC answers that cannot choose the status of a write. */
export interface Echo {
  /** `ResultAck` has this value now. */
  hear(value: TagValue): void;
  /** Resolves when `value` is heard, with `not-connected` when it is not. To be called before the command is written. */
  wait(value: TagValue): { answer: Promise<GateOutcome>; giveUp(outcome: GateOutcome): void };
}

/** One command is in flight at a time, so one echo is waited for. // reject-gate §4 */
export const openEcho = (): Echo => {
  let waiting: { value: TagValue; end: (outcome: GateOutcome) => void } | null = null;
  return {
    hear(value) {
      if (waiting?.value === value) waiting.end('acknowledged');
    },
    wait(value) {
      const { promise: answer, resolve } = Promise.withResolvers<GateOutcome>();
      const giveUp = (outcome: GateOutcome): void => {
        clearTimeout(timer);
        waiting = null;
        resolve(outcome);
      };
      const timer = setTimeout(() => giveUp('not-connected'), patienceMs);
      waiting = { value, end: giveUp };
      return { answer, giveUp };
    },
  };
};
