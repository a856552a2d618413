import type { LaneWork } from '../contract/process.ts';
import { dueAtMs, mostCrashes, type Watched, type WatchRule } from './plan.ts';

/** What is known of one process of the station. */
export interface Known {
  readonly name: string;
  readonly watched: Watched;
  readonly rule: WatchRule;
  /** What its last heartbeat said of the lanes; empty for a process without. */
  readonly lanes: readonly LaneWork[];
}

/** Whether systemd may be told that the station is well. */
export type Vouch = { ping: true } | { ping: false; because: string };

/** The supervisor's own duties (kill, see the end, start again) are done within so much more than their time. */
const slackMs = 500;
/** A killed process that has not gone by then will not go by itself. */
const goneWithinMs = 1500;

/**
 * Whether the watchdog may be fed now. Pure: nothing but facts.
 *
 * It may not when (1) the supervisor has not done what was its to do: a hung process still stands, a killed one has not gone, an
 * ended one is not started; or (2) parts come, the camera is said to run, and no frame is worked on for longer than the recipe
 * allows, whatever the heartbeats say. // faults #68
 *
 * It may, because starting the station again would cure nothing: while a process is being started again, in safe mode, when
 * the belt stands, when a camera is lost (an alarm stands then, and the gate is in fail-safe).
 *
 * @param nowMs Monotonic.
 */
export const vouchFor = (station: readonly Known[], nowMs: number): Vouch => {
  for (const known of station) {
    const because = undone(known, nowMs) ?? unworked(known, nowMs);
    if (because !== null) return { ping: false, because: `${known.name}: ${because}` };
  }
  return { ping: true };
};

const undone = ({ watched, rule }: Known, nowMs: number): string | null => {
  switch (watched.state) {
    case 'stopped':
    case 'safe':
      return null;
    case 'killed':
      return nowMs - watched.killedAtMs > goneWithinMs ? 'it was killed and is still there' : null;
    case 'ended':
      return nowMs - dueAtMs(watched) > slackMs ? 'it has ended and was not started again' : null;
    case 'running': {
      const { heartbeatAtMs } = watched;
      // A start that hangs is the supervisor's to end; it takes its own time.
      if (heartbeatAtMs === null) return null;
      return nowMs - heartbeatAtMs > rule.heartbeatTimeoutMs + slackMs ? 'it hangs and was not killed' : null;
    }
  }
};

const unworked = ({ watched, lanes }: Known, nowMs: number): string | null => {
  // What a process that is gone said last is no news.
  if (watched.state !== 'running' || watched.heartbeatAtMs === null) return null;
  const sinceMs = nowMs - watched.heartbeatAtMs;
  for (const { lane, dueMs, limitMs } of lanes)
    if (dueMs !== null && dueMs + sinceMs > limitMs)
      return `parts come on lane ${lane}, and no frame was worked on for ${Math.round(dueMs + sinceMs)} ms`;
  return null;
};

/** The station in one sentence, for `systemctl status`. */
export const sentenceOf = (station: readonly Known[], vouch: Vouch): string => {
  const standing = station.filter(({ watched }) => watched.state === 'safe');
  if (standing.length > 0)
    return `Safe mode: ${names(standing)} crashed ${mostCrashes} times and is tried every half minute; the PLC applies the fail-safe.`;
  if (!vouch.ping) return `Not well: ${vouch.because}.`;
  const away = station.filter(({ watched }) => watched.state !== 'running' || watched.heartbeatAtMs === null);
  if (away.length > 0) return `Starting ${names(away)}.`;
  const parts = station.flatMap(({ lanes }) => lanes).reduce((sum, lane) => sum + lane.parts, 0);
  return parts === 0 ? 'Ready; no part has come yet.' : 'Parts are inspected.';
};

const names = (known: readonly Known[]): string => known.map(({ name }) => name).join(' and ');
