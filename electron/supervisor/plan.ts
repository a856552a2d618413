import { backoffMs } from '../base/backoff.ts';

/** What the supervisor knows of one process. Times are monotonic milliseconds. */
export interface Watched {
  /** `killed`: its end is on its way. `safe`: it failed too often and is tried but seldom. */
  state: 'running' | 'killed' | 'ended' | 'safe' | 'stopped';
  startedAtMs: number;
  /** `null` before the first: it is still starting. */
  heartbeatAtMs: number | null;
  /** While starting: when it was last seen to get on with it. */
  progressAtMs: number;
  killedAtMs: number;
  endedAtMs: number;
  /** Ends in a row without a good run between them. */
  failures: number;
  /** When it ended unasked, as far back as {@link crashWindowMs}. */
  crashesAtMs: readonly number[];
}

export interface WatchRule {
  /** No heartbeat for so long: the process hangs. */
  heartbeatTimeoutMs: number;
  /** Starting without any progress for so long is a hang as well; the load of the machine is none. */
  startTimeoutMs: number;
  /** Whether too many crashes end in safe mode. What is of use only while it runs goes on being started. */
  givesUp: boolean;
}

export type Step = { do: 'nothing'; because: string } | { do: 'start' } | { do: 'kill'; because: string };

/** So many crashes within this time: starting it at once would only hide what is wrong. // faults #69 */
export const mostCrashes = 5;
const crashWindowMs = 300_000;
const firstRestartMs = 100;
const lastRestartMs = 10_000;
/** Safe mode: seldom enough that the gate rests in its fail-safe, and no keyboard is needed once the cause is gone. // faults, rule 7 */
const safeRetryMs = 30_000;
/** After a run of this length a failure counts as the first. */
export const goodRunMs = 30_000;
/** `line` loads node-opcua beside its start, half a second of a desktop's time. */
const firstBeatMs = 1500;
/** Whoever works and works and never is ready does not start either. */
export const longestStartMs = 300_000;

/** What is to be done about one process now. */
export const plan = (watched: Watched, rule: WatchRule, nowMs: number): Step => {
  switch (watched.state) {
    case 'stopped':
      return { do: 'nothing', because: 'it is meant to stand' };
    case 'safe':
      if (nowMs - watched.endedAtMs >= safeRetryMs) return { do: 'start' };
      return { do: 'nothing', because: 'it crashed too often' };
    case 'killed':
      return { do: 'nothing', because: 'it is being killed' };
    case 'ended':
      return nowMs >= dueAtMs(watched) ? { do: 'start' } : { do: 'nothing', because: 'it failed a moment ago' };
    case 'running':
      return planRunning(watched, rule, nowMs);
  }
};

const planRunning = ({ heartbeatAtMs, progressAtMs, startedAtMs }: Watched, rule: WatchRule, nowMs: number): Step => {
  if (heartbeatAtMs !== null) {
    const silentMs = nowMs - heartbeatAtMs;
    if (silentMs <= rule.heartbeatTimeoutMs) return { do: 'nothing', because: 'it works' };
    return { do: 'kill', because: `no sign of work for ${Math.round(silentMs)} ms` };
  }
  if (nowMs - startedAtMs > longestStartMs) return { do: 'kill', because: `not started within ${longestStartMs / 1000} s` };
  const stillMs = nowMs - progressAtMs;
  if (stillMs <= rule.startTimeoutMs) return { do: 'nothing', because: 'it starts' };
  return { do: 'kill', because: `its start got no further for ${Math.round(stillMs)} ms` };
};

/** When a process that has ended is to be started again. */
export const dueAtMs = ({ endedAtMs, failures }: Watched): number =>
  endedAtMs + backoffMs(failures - 1, firstRestartMs, lastRestartMs);

/** A process has just been started; `before` is what was known of the one before it. */
export const started = (before: Watched | null, nowMs: number): Watched => ({
  state: 'running',
  startedAtMs: nowMs,
  heartbeatAtMs: null,
  progressAtMs: nowMs,
  killedAtMs: 0,
  endedAtMs: 0,
  failures: before?.failures ?? 0,
  crashesAtMs: before?.crashesAtMs ?? [],
});

/**
 * A process says that it is ready: its start is over, and from now on only work counts; an endless loop is no progress. What it
 * still loads beside may hold its first heartbeat up.
 */
export const readied = (before: Watched, nowMs: number): Watched => ({
  ...before,
  heartbeatAtMs: before.heartbeatAtMs ?? nowMs + firstBeatMs,
});

/**
 * The supervisor itself did not get its turn for `heldUpMs`: an overloaded machine, a debugger. What it did not hear meanwhile
 * says nothing about the process.
 */
export const excused = (before: Watched, heldUpMs: number): Watched => ({
  ...before,
  heartbeatAtMs: before.heartbeatAtMs === null ? null : before.heartbeatAtMs + heldUpMs,
  progressAtMs: before.progressAtMs + heldUpMs,
});

/** A process has just been killed because it hung; its end will be told. */
export const killed = (before: Watched, nowMs: number): Watched => ({ ...before, state: 'killed', killedAtMs: nowMs });

/** A process has just ended, asked to or not. */
export const ended = (before: Watched, rule: WatchRule, nowMs: number): Watched => {
  if (before.state === 'stopped') return { ...before, endedAtMs: nowMs };
  const crashesAtMs = [...before.crashesAtMs, nowMs].filter((atMs) => nowMs - atMs <= crashWindowMs);
  return {
    ...before,
    state: rule.givesUp && crashesAtMs.length >= mostCrashes ? 'safe' : 'ended',
    endedAtMs: nowMs,
    failures: nowMs - before.startedAtMs >= goodRunMs ? 1 : before.failures + 1,
    crashesAtMs,
  };
};

/** A person has seen to the cause: it is started at once, and its past is forgotten. Only out of safe mode. */
export const forgiven = (before: Watched, nowMs: number): Watched =>
  before.state === 'safe'
    ? { ...before, state: 'ended', endedAtMs: nowMs - firstRestartMs, failures: 0, crashesAtMs: [] }
    : before;
