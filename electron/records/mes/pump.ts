import { messageOf } from '../../base/errors.ts';
import { CallRefused, GarbledAnswer } from './errors.ts';
import * as rule from './plan.ts';
import type { Mes, MesAnswer, Report } from './session.ts';
import { firstDueMs, onSaid, pick, type Suspects } from './suspects.ts';

/** Where reports come from and where their fate is kept; `records/store` behind it. */
export interface ReportSource {
  /** The oldest that wait, in order, at most `limit`. */
  next(limit: number): Report[];
  /** How many of them have left. */
  acknowledge(ids: readonly string[]): number;
  /** Whether it is to be offered again: not what was set aside, or is unknown. */
  refused(id: string, why: string): boolean;
}

interface Ends {
  source: ReportSource;
  /** Why the MES takes no reports although it is connected; `null`: it does. Told when it changes. */
  onTrouble(why: string | null): void;
  monoMs(): number;
}
interface Tried {
  reports: readonly Report[];
  /** More than these wait. */
  waits: boolean;
  fromMs: number;
}

/** Acts on the plan: one call at a time, as long as there is an MES to call. */
export const openPump = ({ source, onTrouble, monoMs }: Ends) => {
  let pump = rule.emptyPump();
  let suspects: Suspects = new Map();
  let wasSuspect = false;
  let report: Mes['report'] | null = null;
  let timer: NodeJS.Timeout | undefined;
  let look: NodeJS.Timeout | undefined;
  let told: string | null = null;

  const step = (): void => {
    clearTimeout(timer);
    tell();
    const next = rule.plan(pump, monoMs());
    if (next.do === 'wait') timer = setTimeout(step, next.ms);
    if (next.do === 'send' && report !== null) void send(report, next.limit).then(step);
  };

  const tell = (): void => {
    clearTimeout(look);
    const say = rule.tellOf(pump, monoMs());
    if ('lookInMs' in say) look = setTimeout(tell, say.lookInMs);
    if (!('why' in say) || say.why === told) return;
    told = say.why;
    onTrouble(told);
  };

  const send = async (callMes: Mes['report'], limit: number): Promise<void> => {
    const fromMs = monoMs();
    pump = { ...pump, mayHaveMore: false };
    try {
      const waiting = source.next(limit + suspects.size);
      const reports = pick(waiting, suspects, { limit, nowMs: fromMs, wasSuspect });
      if (reports.length === 0) {
        // What no longer waits is nobody's suspect: it would be due for ever.
        suspects = new Map([...suspects].filter(([id]) => waiting.some((each) => each.id === id)));
        pump = rule.onNothing(pump, firstDueMs(suspects));
        return;
      }
      pump = { ...pump, calling: true };
      const tried = { reports, waits: waiting.length > reports.length, fromMs };
      const answer = await callMes(reports).catch((error: unknown) => onFailed(tried, error));
      if (answer !== null) onAnswer(tried, answer, false);
    } catch {
      pump = rule.onOwnFault(pump, monoMs());
    }
  };

  /** The call failed: what it says about the reports, `null` for nothing. */
  const onFailed = (tried: Tried, error: unknown): null => {
    const { reports, fromMs } = tried;
    const why = messageOf(error);
    if (error instanceof CallRefused) {
      // Of one that was alone it is a refusal, else nobody knows which of them it is.
      const only = reports.length === 1 ? reports : [];
      onAnswer(tried, { acknowledged: [], refused: only.map(({ id }) => ({ id, why })) }, true, why);
      return null;
    }
    // Whether the MES has them is not known: they are offered again, and it ignores a second copy.
    const kind = error instanceof GarbledAnswer ? ('garbled' as const) : ('unanswered' as const);
    pump = rule.onStall(pump, { kind, why, offered: reports.length, fromMs }, monoMs());
    return null;
  };

  const onAnswer = ({ reports, waits, fromMs }: Tried, answer: MesAnswer, isCall: boolean, callSays = ''): void => {
    const nowMs = monoMs();
    const offered = reports.map(({ id }) => id);
    const done = source.acknowledge(answer.acknowledged);
    const refused = new Map(answer.refused.filter(({ id }) => offered.includes(id)).map(({ id, why }) => [id, why]));
    const isKnown = offered.every((id) => suspects.get(id)?.isProven === true && refused.has(id));
    const said = onSaid(suspects, { offered, refused, taken: answer.acknowledged, hasTaken: done > 0, isCall }, nowMs);
    for (const { id, why, times } of said.tell) {
      let isThere = true;
      for (let time = 0; time < times && isThere; time++) isThere = source.refused(id, why);
      if (!isThere) said.suspects.delete(id);
    }
    wasSuspect = offered.length === 1 && offered.some((id) => suspects.has(id) || said.suspects.has(id));
    suspects = said.suspects;
    const why = callSays || whyNone(answer);
    if (done > 0) pump = rule.onProgress(pump, { offered: offered.length, done, waits }, nowMs);
    else if (isKnown) pump = rule.onKnownRefused(pump, why, nowMs);
    else pump = rule.onStall(pump, { kind: 'refused', why, offered: offered.length, fromMs }, nowMs);
    pump = { ...pump, dueMs: firstDueMs(suspects) };
  };

  return {
    connect(callMes: Mes['report']): void {
      report = callMes;
      pump = rule.onConnect(pump);
      step();
    },
    disconnect(): void {
      report = null;
      pump = { ...pump, connected: false };
      clearTimeout(timer);
      tell();
    },
    wake(): void {
      if (pump.mayHaveMore) return;
      pump = { ...pump, mayHaveMore: true };
      step();
    },
  };
};

/** Why an answer took nothing from the outbox, in a person's words. */
const whyNone = ({ acknowledged, refused }: MesAnswer): string => {
  const [first] = refused;
  if (first !== undefined) return `It refused ${first.id}: ${first.why}`;
  const [id] = acknowledged;
  return id === undefined ? 'It acknowledged none of them.' : `It acknowledged "${id}", which is the id of none that waits.`;
};
