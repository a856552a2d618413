import type { Socket } from 'node:net';
import { encodeMessage } from '../base/framing.ts';
import type { FromLine, Told } from '../contract/facts.ts';

/** Facts that are written in one turn of the event loop: about a millisecond. */
const atOnce = 100;
/** Unsent bytes above which nothing more is written until all of them have gone. */
const busyBytes = 4 * 1024 * 1024;

/**
 * The way of facts into one connection, in the order in which they came.
 *
 * What must hold: nothing here takes longer than a slice, however much waits, because 300 ms without a turn of the event
 * loop are the PLC's fail-safe (faults #25); what comes while others wait goes behind them; what a slow peer has not taken
 * is not copied. All that waits ends with the connection: on the next one everything starts over.
 */
export interface FactsOutlet {
  send(fact: FromLine): void;
  /** A fact of the moment: forgotten where the connection does not keep up. How the line stands is told meanwhile. */
  tell(fact: Told): void;
  /** It need not be sent any more. */
  drop(fact: FromLine): void;
  close(): void;
}

/** Opens the way into `socket`. First goes what is `held`; it is asked for one by one, each when its turn has come. */
export const openFactsOutlet = (socket: Socket, held: Iterator<FromLine, undefined>): FactsOutlet => {
  /** What came behind it. */
  const waiting = new Set<FromLine>();
  let isBehind = true;
  let turn: NodeJS.Immediate | undefined;

  const write = (fact: FromLine): void => void socket.write(encodeMessage(fact));
  const isBusy = (): boolean => socket.writableLength >= busyBytes;
  const next = (): FromLine | undefined => {
    const [first] = waiting;
    const fact = held.next().value ?? first;
    if (fact !== undefined) waiting.delete(fact);
    return fact;
  };

  const writeSlice = (): void => {
    turn = undefined;
    // One call of the system for all of them.
    socket.cork();
    for (let left = atOnce; isBehind && left > 0; left--) {
      const fact = next();
      if (fact === undefined) isBehind = false;
      else write(fact);
    }
    socket.uncork();
    goOn();
  };
  /** In another turn of the loop; where the socket is full, `drain` comes first. */
  const goOn = (): void => {
    if (isBehind && !socket.writableNeedDrain) turn ??= setImmediate(writeSlice);
  };
  socket.on('drain', goOn);
  writeSlice();

  return {
    send(fact) {
      isBehind ||= isBusy();
      if (isBehind) waiting.add(fact);
      else write(fact);
    },
    tell(fact) {
      if (!isBusy() && (!isBehind || fact.type === 'status')) write(fact);
    },
    drop: (fact) => void waiting.delete(fact),
    close() {
      isBehind = false;
      clearImmediate(turn);
      socket.off('drain', goOn);
    },
  };
};
