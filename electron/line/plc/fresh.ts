import type { LinkState } from '../../contract/facts.ts';
import { heartbeatOldMs } from '../../contract/gate.ts';

/** What is known of the link; times are monotonic milliseconds. */
export interface LinkFacts {
  /** A session with all its subscriptions stands. */
  session: boolean;
  /** Reached, and turned away: certificate, password, a tag that is not there. */
  refused: boolean;
  /** When the PLC's heartbeat last changed; `null` before the first of this session. */
  heartbeatAtMs: number | null;
}

/** A session whose PLC shows no life for so long is given up and opened anew; a half-open connection looks the same (faults #23, #26). */
const giveUpMs = 1500;

/** `connected` is the only state in which anything may be written: a session, and a heartbeat within the time-out. */
export const linkState = (facts: LinkFacts, nowMs: number): LinkState => {
  if (facts.refused) return 'refused';
  if (!facts.session) return 'connecting';
  return facts.heartbeatAtMs !== null && nowMs - facts.heartbeatAtMs <= heartbeatOldMs ? 'connected' : 'stale';
};

/** Whether to give a session up, its last sign of life (or its opening) having been at `aliveAtMs`. */
export const isDead = (aliveAtMs: number, nowMs: number): boolean => nowMs - aliveAtMs > giveUpMs;
