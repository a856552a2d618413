import { once } from 'node:events';
import { monoMs } from '../../base/clock.ts';
import type { MesConfig } from '../../config/station.ts';
import type { MesStatus } from '../../contract/api.ts';
import { emptyPump, onAnswer, onFailure, type Pump, plan } from './plan.ts';
import type { CallMes, Report } from './session.ts';

/** Where reports come from and where their fate is kept; `records/store` behind it. */
export interface ReportSource {
  /** The oldest that wait, in order, at most `limit`. */
  next(limit: number): Report[];
  acknowledge(ids: readonly string[]): void;
  refused(id: string, why: string): void;
}

export interface MesPump {
  /** There is something new to report. Cheap; may be called for every record. */
  wake(): void;
  /** Resolves when the session is closed; what is not acknowledged by then is reported after the next start. */
  close(): Promise<void>;
}

/**
 * Reports to the MES what `source` has, in order and at least once, for as long as the process lives. Returns at once and
 * never throws: while the MES is away it waits and tries again. `pki` is the station's PKI folder, ours is `records` in it.
 */
export const openMes = (
  config: MesConfig,
  pki: string,
  source: ReportSource,
  onStatus: (status: Pick<MesStatus, 'state' | 'message'>) => void,
): MesPump => {
  let pump: Pump = emptyPump();
  let call: CallMes | null = null;
  let timer: NodeJS.Timeout | null = null;

  const step = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const next = plan(pump, monoMs());
    if (next.do === 'wait') timer = setTimeout(step, next.ms);
    if (next.do === 'send' && call !== null) void send(call, next.limit).then(step);
  };

  const send = async (callMes: CallMes, limit: number): Promise<void> => {
    pump = { ...pump, mayHaveMore: false };
    const reports = source.next(limit);
    if (reports.length === 0) return;
    pump = { ...pump, calling: true };
    try {
      const { acknowledged, refused } = await callMes(reports);
      source.acknowledge(acknowledged);
      for (const { id, why } of refused) source.refused(id, why);
      pump = onAnswer(pump, reports.length, acknowledged.length, monoMs());
    } catch {
      // Whether the MES has them is not known: they are offered again, and it ignores a second copy.
      pump = onFailure(pump, monoMs());
    }
  };

  const closing = new AbortController();
  onStatus({ state: 'connecting', message: '' });
  // Loaded beside the start, not before it: node-opcua takes half a second.
  const ended = import('./session.ts').then(({ keepMesSession }) =>
    keepMesSession(
      config,
      pki,
      {
        async use(callMes, lost) {
          call = callMes;
          pump = { ...pump, connected: true, mayHaveMore: true, notBeforeMs: 0 };
          onStatus({ state: 'connected', message: '' });
          step();
          if (!lost.aborted) await once(lost, 'abort');
          call = null;
          pump = { ...pump, connected: false };
        },
        onAway: (message) => onStatus({ state: 'away', message }),
      },
      closing.signal,
    ),
  );

  return {
    wake() {
      if (pump.mayHaveMore) return;
      pump = { ...pump, mayHaveMore: true };
      step();
    },
    async close() {
      closing.abort();
      await ended;
      if (timer !== null) clearTimeout(timer);
    },
  };
};
