import { backoffMs } from '../../base/backoff.ts';

/** Where the pump stands; times are monotonic milliseconds. */
export interface Pump {
  connected: boolean;
  calling: boolean;
  /** There may be reports that were not offered yet. */
  mayHaveMore: boolean;
  notBeforeMs: number;
  /** Calls in a row that had no answer. */
  failures: number;
  /** Answers in a row in which all was refused. */
  refusals: number;
}

export type Step =
  | { do: 'send'; limit: number }
  | { do: 'wait'; ms: number }
  | { do: 'sleep'; because: 'away' | 'calling' | 'nothing' };

/** Reports in one call. */
export const batchLimit = 200;
/** So many milliseconds of reports travel together while the MES keeps up. */
const gatherMs = 100;
/**
 * Between two full batches of a backlog: some 4,000 reports a second are soon enough for days of them, and leave the cores
 * to the line, whose slowest verdicts a drain at full speed made half as slow again (`npm run bench -- outbox`).
 */
const restMs = 40;
const firstBackoffMs = 500;
const mostBackoffMs = 30_000;
const mostRefusedMs = 4000;

export const emptyPump = (): Pump => ({
  connected: false,
  calling: false,
  mayHaveMore: true,
  notBeforeMs: 0,
  failures: 0,
  refusals: 0,
});

/** What to do now. One call at a time, so reports arrive in the order in which they are offered. */
export const plan = (pump: Pump, nowMs: number): Step => {
  if (!pump.connected) return { do: 'sleep', because: 'away' };
  if (pump.calling) return { do: 'sleep', because: 'calling' };
  if (!pump.mayHaveMore) return { do: 'sleep', because: 'nothing' };
  if (nowMs < pump.notBeforeMs) return { do: 'wait', ms: pump.notBeforeMs - nowMs };
  return { do: 'send', limit: batchLimit };
};

/**
 * The MES answered to `offered` reports; `acknowledged` of them are done. Where all was refused, the same is offered again
 * after 0.5, 1, 2 and 4 s; the fifth time it is set aside, so that others wait less than 10 s for it (faults #47).
 */
export const onAnswer = (
  pump: Pump,
  { offered, acknowledged }: { offered: number; acknowledged: number },
  nowMs: number,
): Pump => {
  const answered = { ...pump, calling: false, failures: 0 };
  if (offered > 0 && acknowledged === 0)
    return {
      ...answered,
      mayHaveMore: true,
      refusals: pump.refusals + 1,
      notBeforeMs: nowMs + backoffMs(pump.refusals, firstBackoffMs, mostRefusedMs),
    };
  const full = offered === batchLimit;
  return {
    ...answered,
    refusals: 0,
    // What was refused is offered again; what came meanwhile is told by a wake.
    mayHaveMore: pump.mayHaveMore || full || acknowledged < offered,
    notBeforeMs: nowMs + (full && acknowledged === offered ? restMs : gatherMs),
  };
};

/** The call failed: the same is offered again, later each time. */
export const onFailure = (pump: Pump, nowMs: number): Pump => ({
  ...pump,
  calling: false,
  mayHaveMore: true,
  failures: pump.failures + 1,
  notBeforeMs: nowMs + backoffMs(pump.failures, firstBackoffMs, mostBackoffMs),
});
