import { fork } from 'node:child_process';
import { ask } from '../base/ask.ts';
import { PersonError } from '../base/errors.ts';
import type { FromProcess } from '../contract/process.ts';

/** One simulator, a process of its own. */
export interface SimChild {
  readonly name: string;
  pid(): number | undefined;
  /** Turns a knob: `rate`, `unplug`, `answer-delay` … as its README says. */
  knob(name: string, value: string): void;
  /** What it counted. */
  figures(): Promise<unknown>;
  reset(): void;
  stop(): Promise<void>;
  /** Ends it now. */
  kill(): void;
  /** Resolves when the process ends, for whatever reason. */
  gone: Promise<void>;
}

const stopPatienceMs = 2000;

const quiet = '--disable-warning=ExperimentalWarning';

/**
 * Starts a simulator's `main.ts`, with `flags` for Node, and resolves when it is ready. Throws {@link PersonError} when it
 * ends before.
 */
export const startSim = async (name: string, entry: string, args: string[], flags: string[] = []): Promise<SimChild> => {
  const child = fork(entry, args, { execArgv: [quiet, ...flags], serialization: 'advanced' });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message: FromProcess) => message.type === 'ready' && resolve());
    void gone.then(() => reject(new PersonError(`The simulated ${name} did not start.`, 'Its own message stands above.')));
  });
  return {
    name,
    gone,
    pid: () => child.pid,
    knob: (knob, value) => void child.send({ type: 'knob', name: knob, value }),
    reset: () => void child.send({ type: 'reset' }),
    figures: () => ask(child, 'counts'),
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      if (child.connected) child.send({ type: 'stop' });
      const kill = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs);
      await gone;
      clearTimeout(kill);
    },
  };
};
