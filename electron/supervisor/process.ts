import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { ask } from '../base/ask.ts';
import { monoMs } from '../base/clock.ts';
import type { Logger } from '../base/log.ts';
import type { FromProcess, ToProcess } from '../contract/process.ts';
import { ended, killed, plan, started, type Watched, type WatchRule } from './plan.ts';

/** How one process is started. */
export interface ProcessSpec {
  name: string;
  entry: string;
  args: string[];
  /** Flags of Node itself: heap sizes, found by measurement. */
  execArgv: string[];
  rule: WatchRule;
  /** Unix `nice` from its first moment on. */
  priority?: number;
}

/** A process that is kept alive. */
export interface Supervised {
  readonly name: string;
  pid(): number | undefined;
  rssBytes(): number;
  /** Sends a question and resolves with the next answer of the process. Rejects when it ends before. */
  figures(): Promise<unknown>;
  tell(message: ToProcess): void;
  /** Asks it to stop, and kills it when it does not. */
  stop(): Promise<void>;
}

const watchEveryMs = 50;
const stopPatienceMs = 3000;

/** Starts `spec` and starts it again whenever it ends or hangs, until `stop`. */
export const supervise = (spec: ProcessSpec, log: Logger, onReady: () => void): Supervised => {
  let child: ChildProcess;
  let watched: Watched;
  let rssBytes = 0;
  let sequences: Record<string, number> = {};

  const hear = (message: FromProcess): void => {
    if (message.type === 'ready') onReady();
    if (message.type !== 'heartbeat') return;
    watched = { ...watched, heartbeatAtMs: monoMs() };
    rssBytes = message.rssBytes;
    sequences = { ...sequences, ...message.lastSequence };
  };

  const start = (): void => {
    // A process that starts again while `records` is away must not give an id twice: it learns here how far it was.
    const env = { ...process.env, LINEGATE_LAST_SEQUENCES: JSON.stringify(sequences) };
    const mine = fork(spec.entry, spec.args, { execArgv: spec.execArgv, serialization: 'advanced', env });
    child = mine;
    // At once, not when its code is loaded: a second of loading is a second beside the line.
    if (spec.priority !== undefined && mine.pid !== undefined) setPriority(mine.pid, spec.priority);
    watched = started(watched ?? null, monoMs());
    mine.on('message', hear);
    mine.on('exit', (code, signal) => {
      watched = ended(watched, monoMs());
      if (watched.state === 'ended') log.error({ process: spec.name, code, signal }, 'has ended and is started again');
      if (watched.state === 'safe')
        log.fatal(
          { process: spec.name, code, signal },
          'crashed too often: safe mode. It is tried again every half minute; meanwhile the PLC applies the fail-safe. Find the cause.',
        );
    });
  };

  const watch = setInterval(() => {
    const step = plan(watched, spec.rule, monoMs());
    if (step.do === 'start') start();
    if (step.do !== 'kill') return;
    watched = killed(watched);
    log.error({ process: spec.name, because: step.because }, 'is killed');
    child.kill('SIGKILL');
  }, watchEveryMs);

  watched = started(null, monoMs());
  start();

  return {
    name: spec.name,
    pid: () => child.pid,
    rssBytes: () => rssBytes,
    tell: (message) => void child.send(message),
    figures: () => ask(child, 'figures'),
    async stop() {
      clearInterval(watch);
      watched = { ...watched, state: 'stopped' };
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      if (child.connected) child.send({ type: 'stop' } satisfies ToProcess);
      const kill = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs);
      await gone;
      clearTimeout(kill);
    },
  };
};
