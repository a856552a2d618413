import type { GateCommand, GateOutcome } from '../../contract/gate.ts';

/** Writes one command to the PLC and tells how it answered; rejects when no answer came. */
export type WriteCommand = (command: GateCommand) => Promise<GateOutcome>;

/** An answer that takes longer is one of a PLC that is too slow: the worst that the figures allow. */
const slowMs = 33;
/** Behind a PLC that is too slow no more commands wait than this; the newest have the most time left. // faults #24 */
const mostBehindSlow = 2;

interface Waiting {
  command: GateCommand;
  done: (outcome: GateOutcome) => void;
}

/**
 * The commands on their way to one PLC.
 *
 * What must hold: one command is in flight at a time, because its tags are shared and two could mix; nothing is sent
 * unless `mayWrite`, and nothing after its deadline; behind a PLC that is too slow no queue grows; every command ends exactly once; what ended is never sent.
 */
export const openCommands = (write: WriteCommand, mayWrite: () => boolean, monoMs: () => number) => {
  const waiting: Waiting[] = [];
  let inFlight: (Waiting & { sentAtMs: number }) | null = null;
  let lastAnswerMs = 0;

  /** Ends what must not be sent any more and sends the next. */
  const goOn = (): void => {
    const connected = mayWrite();
    while (waiting.length > 0 && (inFlight === null || !connected)) {
      const next = waiting.shift() as Waiting;
      if (!connected) next.done('not-connected');
      else if (monoMs() > next.command.deadlineMs) next.done('late');
      else send(next);
    }
  };

  const trim = (): void => {
    const ageMs = inFlight === null ? 0 : monoMs() - inFlight.sentAtMs;
    // A burst that comes behind a slow answer would wait for another.
    if (Math.max(ageMs, lastAnswerMs) <= slowMs) return;
    while (waiting.length > mostBehindSlow) waiting.shift()?.done('not-connected');
  };

  const send = (next: Waiting): void => {
    const mine = { ...next, sentAtMs: monoMs() };
    inFlight = mine;
    const end = (outcome: GateOutcome): void => {
      next.done(outcome);
      // The link may have been dropped meanwhile, and another command be in flight.
      if (inFlight !== mine) return;
      lastAnswerMs = monoMs() - mine.sentAtMs;
      inFlight = null;
      goOn();
    };
    write(next.command).then(end, () => end('not-connected'));
  };

  return {
    send: (command: GateCommand): Promise<GateOutcome> =>
      new Promise((done) => {
        waiting.push({ command, done });
        trim();
        goOn();
      }),
    /** To be called now and then: ends what waits behind a command that gets no answer. */
    sweep(): void {
      const now = monoMs();
      while (waiting[0] !== undefined && now > waiting[0].command.deadlineMs) waiting.shift()?.done('late');
      trim();
      goOn();
    },
    /** Commands that wait for the answer to the one in flight. */
    depth: (): number => waiting.length,
    /** The session is gone: nothing of it is waited for. */
    drop(): void {
      inFlight?.done('not-connected');
      inFlight = null;
      lastAnswerMs = 0;
      goOn();
    },
  };
};
