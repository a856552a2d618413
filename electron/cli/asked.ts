/** As a shell tells the end by Ctrl-C. */
const forcedExitCode = 130;

/** What a person reads after the first word. */
export const stoppingText = 'Stopping … (Ctrl-C once more ends it at once)';

/** A person or the system wants the program to end. */
export interface Asked {
  /** Once: in good order. */
  once: Promise<void>;
  /** Twice: at once. From now on `kill` ends what runs below us. */
  atOnceBy(kill: () => void): void;
}

/**
 * Listens from now on, without a gap between the first word and the second: libraries that clean up at a signal (signal-exit, below
 * node-opcua) end the process as soon as they are the only ones that listen, and leave what runs below us.
 */
export const listenForEnd = (): Asked => {
  const { promise: once, resolve } = Promise.withResolvers<void>();
  let words = 0;
  let kill = (): void => undefined;
  const hear = (): void => {
    words += 1;
    resolve();
    if (words === 1) return;
    kill();
    process.exit(forcedExitCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, hear);
  return {
    once,
    atOnceBy(how) {
      kill = how;
    },
  };
};
