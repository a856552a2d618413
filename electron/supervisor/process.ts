import { type ChildProcess, fork } from 'node:child_process';
import { ask } from '../base/ask.ts';
import { monoMs } from '../base/clock.ts';
import { givePriority, type Priority } from '../base/priority.ts';
import type { Logger } from '../base/log.ts';
import type { FromProcess, LaneWork, ToProcess } from '../contract/process.ts';
import type { Known } from './alive.ts';
import { ended, excused, forgiven, killed, plan, readied, started, type Watched, type WatchRule } from './plan.ts';
import { cpuMsOf, openProgress } from './progress.ts';

/** How one process is started. */
export interface ProcessSpec {
  name: string;
  entry: string;
  args: string[];
  /** Flags of Node itself: heap sizes, found by measurement. */
  execArgv: string[];
  rule: WatchRule;
  /** From its first moment on. */
  priority?: Priority;
}

/** A process that is kept alive. */
export interface Supervised {
  readonly name: string;
  pid(): number | undefined;
  rssBytes(): number;
  known(): Known;
  /** Sends a question and resolves with the next answer of the process. Rejects when it ends before. */
  figures(): Promise<unknown>;
  tell(message: ToProcess): void;
  /** Starts what stands in safe mode; nothing else changes. */
  startAgain(): void;
  /** Asks it to stop, and kills it when it does not. */
  stop(): Promise<void>;
  /** Ends it now. */
  kill(): void;
}

/** What whoever supervises hears of a process. */
export interface Listener {
  onReady(): void;
  /** `watched.state` has changed, or the first heartbeat has come. */
  onState(): void;
  /** What is no matter of the supervision itself. */
  onMessage(message: FromProcess): void;
}

const watchEveryMs = 50;
/** The usual lateness of a timer is none. */
const mostHeldUpMs = 200;
/** `line` brings its last records to `records`, `records` to the disk. */
const stopPatienceMs = 5000;
const startingPatienceMs = 500;

/** Starts `spec` and starts it again whenever it ends or hangs, until `stop`. */
export const supervise = (spec: ProcessSpec, log: Logger, listener: Listener): Supervised => {
  let child: ChildProcess;
  let watched = started(null, monoMs());
  let rssBytes = 0;
  let sequences: Record<string, number> = {};
  let lanes: readonly LaneWork[] = [];

  const become = (next: Watched): void => {
    const isNews = next.state !== watched.state || (next.heartbeatAtMs === null) !== (watched.heartbeatAtMs === null);
    watched = next;
    if (isNews) listener.onState();
  };

  const hear = (message: FromProcess): void => {
    if (message.type === 'ready') {
      become(readied(watched, monoMs()));
      listener.onReady();
    }
    if (message.type !== 'heartbeat') return listener.onMessage(message);
    rssBytes = message.rssBytes;
    sequences = { ...sequences, ...message.lastSequence };
    lanes = message.lanes ?? [];
    become({ ...watched, heartbeatAtMs: monoMs() });
  };

  const start = (): void => {
    // A process that starts again while `records` is away must not give an id twice: it learns here how far it was.
    const env = { ...process.env, LINEGATE_LAST_SEQUENCES: JSON.stringify(sequences) };
    const mine = fork(spec.entry, spec.args, { execArgv: spec.execArgv, serialization: 'advanced', env });
    child = mine;
    // At once, not when its code is loaded: a second of loading is a second beside the line.
    if (spec.priority !== undefined) givePriority(mine.pid, spec.priority);
    lanes = [];
    become(started(watched, monoMs()));
    mine.on('message', (message: FromProcess) => mine === child && hear(message));
    mine.on('exit', (code, signal) => {
      become(ended(watched, spec.rule, monoMs()));
      if (watched.state === 'ended') log.error({ process: spec.name, code, signal }, 'has ended and is started again');
      if (watched.state === 'safe')
        log.fatal(
          { process: spec.name, code, signal },
          'crashed too often: safe mode. It is tried again every half minute; meanwhile the PLC applies the fail-safe. Find the cause.',
        );
    });
  };

  const hasProgress = openProgress(monoMs, () => cpuMsOf(child.pid));
  let lookedAtMs = monoMs();
  const watch = setInterval(() => {
    const nowMs = monoMs();
    const heldUpMs = nowMs - lookedAtMs - watchEveryMs;
    lookedAtMs = nowMs;
    if (heldUpMs > mostHeldUpMs) watched = excused(watched, heldUpMs);
    if (watched.state === 'running' && watched.heartbeatAtMs === null && hasProgress(watched.startedAtMs))
      watched = { ...watched, progressAtMs: nowMs };
    const step = plan(watched, spec.rule, nowMs);
    if (step.do === 'start') start();
    if (step.do !== 'kill') return;
    become(killed(watched, nowMs));
    log.error({ process: spec.name, because: step.because }, 'is killed');
    child.kill('SIGKILL');
  }, watchEveryMs);

  start();

  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    name: spec.name,
    pid: () => child.pid,
    rssBytes: () => rssBytes,
    known: () => ({ name: spec.name, watched, rule: spec.rule, lanes }),
    // Without a callback a child that ended a moment ago is an unhandled error.
    tell: (message) => void (child.connected && child.send(message, () => undefined)),
    figures: () => ask(child, 'figures'),
    startAgain: () => become(forgiven(watched, monoMs())),
    async stop() {
      clearInterval(watch);
      watched = { ...watched, state: 'stopped' };
      if (isGone()) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      if (child.connected) child.send({ type: 'stop' } satisfies ToProcess);
      // One that only starts has nothing to bring home, and may not hear us yet.
      const patienceMs = watched.heartbeatAtMs === null ? startingPatienceMs : stopPatienceMs;
      const kill = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await gone;
      clearTimeout(kill);
    },
    kill() {
      clearInterval(watch);
      watched = { ...watched, state: 'stopped' };
      child.kill('SIGKILL');
    },
  };
};
