import { backoffMs } from '../../base/backoff.ts';

/** Where the pump stands; times are monotonic milliseconds. */
export interface Pump {
  connected: boolean;
  calling: boolean;
  /** There may be reports that were not offered yet. */
  mayHaveMore: boolean;
  notBeforeMs: number;
  /** When the first of the reports that were refused may be offered again; `null` when none rests. */
  dueMs: number | null;
  /** Most reports in the next call. */
  limit: number;
  /** Tries in a row after which nothing had left the outbox, though they could not be made smaller. */
  failures: number;
  /** Since when nothing has left the outbox although it was offered, and what came of the last try. */
  stalled: { sinceMs: number; why: string } | null;
}

export type Step =
  | { do: 'send'; limit: number }
  | { do: 'wait'; ms: number }
  | { do: 'sleep'; because: 'away' | 'calling' | 'nothing' };

/** Reports in one call. */
export const batchLimit = 200;
/** So many more are tried after a call that went well: what made one fail may be its size. */
const growth = 5;
/** So many milliseconds of reports travel together while the MES keeps up. */
const gatherMs = 100;
/**
 * Between two full batches of a backlog: some 4,000 reports a second are soon enough for days of them, and leave the cores
 * to the line, whose slowest verdicts a drain at full speed made half as slow again (`npm run bench -- outbox`).
 */
const restMs = 40;
const firstBackoffMs = 500;
/** An MES that answers is asked again so soon that good reports behind a refused one wait less than 10 s. // faults #47 */
const mostRefusedMs = 8000;
const mostBackoffMs = 30_000;
/** Who gave no answer may still be at work on what it was given: it gets time before it is given more. */
const firstUnansweredMs = 5000;
/** Shorter is a hiccup, and nobody needs to do anything about it. */
const tellAfterMs = 10_000;

export const emptyPump = (): Pump => ({
  connected: false,
  calling: false,
  mayHaveMore: true,
  notBeforeMs: 0,
  dueMs: null,
  limit: batchLimit,
  failures: 0,
  stalled: null,
});

/** What to do now. One call at a time, so reports arrive in the order in which they are offered. */
export const plan = (pump: Pump, nowMs: number): Step => {
  if (!pump.connected) return { do: 'sleep', because: 'away' };
  if (pump.calling) return { do: 'sleep', because: 'calling' };
  if (!pump.mayHaveMore && pump.dueMs === null) return { do: 'sleep', because: 'nothing' };
  const fromMs = Math.max(pump.notBeforeMs, pump.mayHaveMore ? 0 : (pump.dueMs ?? 0));
  return nowMs < fromMs ? { do: 'wait', ms: fromMs - nowMs } : { do: 'send', limit: pump.limit };
};

/** A session is open: what was wrong with the one before says nothing of it. */
export const onConnect = (pump: Pump): Pump => ({ ...pump, connected: true, mayHaveMore: true, notBeforeMs: 0, stalled: null });

/** Of what waits, nothing may be offered before `dueMs`; `null`: nothing waits. */
export const onNothing = (pump: Pump, dueMs: number | null): Pump => ({
  ...pump,
  dueMs,
  ...(dueMs === null ? { stalled: null, failures: 0 } : {}),
});

/**
 * `done` of the `offered` reports have left the outbox: what is told is not what the MES claims, but what is gone. `waits`:
 * there were more of them than were offered.
 */
export const onProgress = (
  pump: Pump,
  { offered, done, waits = false }: { offered: number; done: number; waits?: boolean },
  nowMs: number,
): Pump => {
  const full = offered >= pump.limit;
  return {
    ...pump,
    calling: false,
    failures: 0,
    stalled: null,
    limit: Math.min(batchLimit, pump.limit + growth),
    // What was not taken is offered again; what came meanwhile is told by a wake.
    mayHaveMore: pump.mayHaveMore || full || waits || done < offered,
    notBeforeMs: nowMs + (full && done === offered ? restMs : gatherMs),
  };
};

/** Nothing was offered but reports that are known to be refused one by one: that holds up no others. */
export const onKnownRefused = (pump: Pump, why: string, nowMs: number): Pump => ({
  ...pump,
  calling: false,
  mayHaveMore: true,
  notBeforeMs: nowMs + gatherMs,
  stalled: { sinceMs: pump.stalled?.sinceMs ?? nowMs, why },
});

/** What came of a try after which nothing had left the outbox. */
export interface Stall {
  /** `refused`: the MES answered, and took none. `garbled`: its answer says nothing. `unanswered`: nothing came. */
  kind: 'refused' | 'garbled' | 'unanswered';
  why: string;
  offered: number;
  /** When it was offered. */
  fromMs: number;
}

/**
 * Nothing has left the outbox. It is the MES, or a report among them: fewer are tried, down to one, soon where an answer
 * came, and where fewer cannot be, later each time.
 */
export const onStall = (pump: Pump, { kind, why, offered, fromMs }: Stall, nowMs: number): Pump => {
  const isHalved = kind === 'refused' && offered > 1;
  const backoff = {
    refused: () => backoffMs(pump.failures, firstBackoffMs, mostRefusedMs),
    garbled: () => backoffMs(pump.failures, firstBackoffMs, mostBackoffMs),
    unanswered: () => backoffMs(pump.failures, firstUnansweredMs, mostBackoffMs),
  };
  return {
    ...pump,
    calling: false,
    mayHaveMore: true,
    limit: Math.max(1, Math.floor(Math.min(offered, pump.limit) / 2)),
    failures: isHalved ? pump.failures : pump.failures + 1,
    stalled: { sinceMs: pump.stalled?.sinceMs ?? fromMs, why },
    notBeforeMs: nowMs + (isHalved ? gatherMs : backoff[kind]()),
  };
};

/** Our own disk did not do what was asked: no fault of the MES, which is left alone for a moment. */
export const onOwnFault = (pump: Pump, nowMs: number): Pump => ({
  ...pump,
  calling: false,
  mayHaveMore: true,
  failures: pump.failures + 1,
  notBeforeMs: nowMs + backoffMs(pump.failures, firstBackoffMs, mostBackoffMs),
});

/** What people should know of the MES: why it takes nothing, `null` while it does; or in how many milliseconds to look again. */
export const tellOf = ({ connected, stalled }: Pump, nowMs: number): { why: string | null } | { lookInMs: number } => {
  if (!connected || stalled === null) return { why: null };
  const leftMs = stalled.sinceMs + tellAfterMs - nowMs;
  return leftMs > 0 ? { lookInMs: leftMs } : { why: stalled.why };
};
