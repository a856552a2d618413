import type { GateCommand, GateOutcome } from '../../contract/gate.ts';

/** Writes one command to the PLC and tells how it answered; rejects when no answer came. */
export type WriteCommand = (command: GateCommand) => Promise<GateOutcome>;

interface Waiting {
  command: GateCommand;
  done: (outcome: GateOutcome) => void;
}

/**
 * The commands on their way to one PLC.
 *
 * What must hold: one command is in flight at a time, because its tags are shared and two could mix; nothing is sent
 * unless `mayWrite`, and nothing after its deadline; every command ends exactly once; what ended is never sent.
 */
export const openCommands = (write: WriteCommand, mayWrite: () => boolean, monoMs: () => number) => {
  const waiting: Waiting[] = [];
  let inFlight: Waiting | null = null;

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

  const send = (next: Waiting): void => {
    inFlight = next;
    const end = (outcome: GateOutcome): void => {
      next.done(outcome);
      // The link may have been dropped meanwhile, and another command be in flight.
      if (inFlight !== next) return;
      inFlight = null;
      goOn();
    };
    write(next.command).then(end, () => end('not-connected'));
  };

  return {
    send: (command: GateCommand): Promise<GateOutcome> =>
      new Promise((done) => {
        waiting.push({ command, done });
        goOn();
      }),
    /** To be called now and then: ends what waits behind a command that gets no answer. */
    sweep(): void {
      const now = monoMs();
      while (waiting[0] !== undefined && now > waiting[0].command.deadlineMs) waiting.shift()?.done('late');
      goOn();
    },
    /** Commands that are not answered yet. */
    depth: (): number => waiting.length + (inFlight === null ? 0 : 1),
    /** The session is gone: nothing of it is waited for. */
    drop(): void {
      inFlight?.done('not-connected');
      inFlight = null;
      goOn();
    },
  };
};
