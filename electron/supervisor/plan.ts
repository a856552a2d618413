import { backoffMs } from '../base/backoff.ts';

/** What the supervisor knows of one process. Times are monotonic milliseconds. */
export interface Watched {
  /** `killed`: its end is on its way. `safe`: it failed too often and is tried but seldom. */
  state: 'running' | 'killed' | 'ended' | 'safe' | 'stopped';
  startedAtMs: number;
  heartbeatAtMs: number;
  endedAtMs: number;
  /** Ends in a row without a good run between them. */
  failures: number;
  /** When it ended unasked, as far back as {@link crashWindowMs}. */
  crashesAtMs: readonly number[];
}

export interface WatchRule {
  /** No heartbeat for so long: the process hangs. */
  heartbeatTimeoutMs: number;
  /** Loading code and model is no hanging. */
  startTimeoutMs: number;
}

export type Step = { do: 'nothing'; because: string } | { do: 'start' } | { do: 'kill'; because: string };

/** So many crashes within this time: starting it at once would only hide what is wrong. // faults #69 */
const mostCrashes = 5;
const crashWindowMs = 300_000;
const firstRestartMs = 100;
const lastRestartMs = 10_000;
/** Safe mode: seldom enough that the gate rests in its fail-safe, and no keyboard is needed once the cause is gone. // faults, rule 7 */
const safeRetryMs = 30_000;
/** After a run of this length a failure counts as the first. */
export const goodRunMs = 30_000;

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
    case 'ended': {
      const dueMs = watched.endedAtMs + backoffMs(watched.failures - 1, firstRestartMs, lastRestartMs);
      return nowMs >= dueMs ? { do: 'start' } : { do: 'nothing', because: 'it failed a moment ago' };
    }
    case 'running': {
      const starting = watched.heartbeatAtMs === watched.startedAtMs;
      const silentMs = nowMs - watched.heartbeatAtMs;
      const patienceMs = starting ? rule.startTimeoutMs : rule.heartbeatTimeoutMs;
      if (silentMs <= patienceMs) return { do: 'nothing', because: 'it works' };
      return { do: 'kill', because: `no sign of work for ${Math.round(silentMs)} ms` };
    }
  }
};

/** A process has just been started; `before` is what was known of the one before it. */
export const started = (before: Watched | null, nowMs: number): Watched => ({
  state: 'running',
  startedAtMs: nowMs,
  heartbeatAtMs: nowMs,
  endedAtMs: 0,
  failures: before?.failures ?? 0,
  crashesAtMs: before?.crashesAtMs ?? [],
});

/** A process has just been killed because it hung; its end will be told. */
export const killed = (before: Watched): Watched => ({ ...before, state: 'killed' });

/** A process has just ended, asked to or not. */
export const ended = (before: Watched, nowMs: number): Watched => {
  if (before.state === 'stopped') return { ...before, endedAtMs: nowMs };
  const crashesAtMs = [...before.crashesAtMs, nowMs].filter((atMs) => nowMs - atMs <= crashWindowMs);
  return {
    ...before,
    state: crashesAtMs.length >= mostCrashes ? 'safe' : 'ended',
    endedAtMs: nowMs,
    failures: nowMs - before.startedAtMs >= goodRunMs ? 1 : before.failures + 1,
    crashesAtMs,
  };
};
