import { emptyPump, onAnswer, onFailure, type Pump, plan } from './plan.ts';
import type { Mes, Report } from './session.ts';

/** Where reports come from and where their fate is kept; `records/store` behind it. */
export interface ReportSource {
  /** The oldest that wait, in order, at most `limit`. */
  next(limit: number): Report[];
  acknowledge(ids: readonly string[]): void;
  refused(id: string, why: string): void;
}

/** Acts on the plan: one call at a time, as long as there is an MES to call. */
export const openPump = (source: ReportSource, monoMs: () => number) => {
  let pump: Pump = emptyPump();
  let report: Mes['report'] | null = null;
  let timer: NodeJS.Timeout | undefined;

  const step = (): void => {
    clearTimeout(timer);
    const next = plan(pump, monoMs());
    if (next.do === 'wait') timer = setTimeout(step, next.ms);
    if (next.do === 'send' && report !== null) void send(report, next.limit).then(step);
  };

  const send = async (callMes: Mes['report'], limit: number): Promise<void> => {
    pump = { ...pump, mayHaveMore: false };
    try {
      const reports = source.next(limit);
      if (reports.length === 0) return;
      pump = { ...pump, calling: true };
      const { acknowledged, refused } = await callMes(reports);
      source.acknowledge(acknowledged);
      for (const { id, why } of refused) source.refused(id, why);
      pump = onAnswer(pump, { offered: reports.length, acknowledged: acknowledged.length }, monoMs());
    } catch {
      // Whether the MES has them is not known: they are offered again, and it ignores a second copy.
      pump = onFailure(pump, monoMs());
    }
  };

  return {
    connect(callMes: Mes['report']): void {
      report = callMes;
      pump = { ...pump, connected: true, mayHaveMore: true, notBeforeMs: 0 };
      step();
    },
    disconnect(): void {
      report = null;
      pump = { ...pump, connected: false };
      clearTimeout(timer);
    },
    wake(): void {
      if (pump.mayHaveMore) return;
      pump = { ...pump, mayHaveMore: true };
      step();
    },
  };
};
