import { type PartRecord, partRecord } from '../../contract/record.ts';
import type { MesCounts } from '../../contract/wiring.ts';
import { add, type Runs } from './runs.ts';

/** What the simulated MES has, by `station/lane`. */
export interface Ledger {
  counts: MesCounts;
  seen: Map<string, Runs>;
  /** Ids that are refused for ever. */
  poison: Set<string>;
  /** Ids that end every call with a Bad status. */
  fatal: Set<string>;
  /** Whether every report is refused, whatever it is. */
  isRefusingAll: boolean;
}

export const emptyCounts = (): MesCounts => ({
  received: 0,
  duplicates: 0,
  refused: 0,
  outOfOrder: 0,
  lastSequence: {},
  orders: {},
  responses: {},
});
export const emptyLedger = (): Ledger => ({
  counts: emptyCounts(),
  seen: new Map(),
  poison: new Set(),
  fatal: new Set(),
  isRefusingAll: false,
});

export interface Answer {
  acknowledged: string[];
  /** `id: why`; `#n` stands for the id of the n-th report (from 0) when it cannot be read. */
  refused: string[];
}

/** Whether the call fails for one of its reports. */
export const isFatal = ({ fatal }: Ledger, reports: readonly string[]): boolean =>
  fatal.size > 0 && reports.map(readReport).some((read) => 'id' in read && fatal.has(read.id));

/** Takes reports in, each the JSON of a part record. A second copy is acknowledged and not counted as received. */
export const takeIn = (ledger: Ledger, reports: readonly string[]): Answer => {
  const answer: Answer = { acknowledged: [], refused: [] };
  for (const [index, report] of reports.entries()) {
    const read = readReport(report);
    if ('fault' in read) refuse(ledger, answer, `#${index}`, read.fault);
    else if (ledger.isRefusingAll) refuse(ledger, answer, read.id, 'all are refused by the knob');
    else if (ledger.poison.has(read.id)) refuse(ledger, answer, read.id, 'refused by the knob');
    else {
      keep(ledger, read);
      answer.acknowledged.push(read.id);
    }
  }
  return answer;
};

interface Read extends Pick<PartRecord, 'sequence' | 'order' | 'verdict'> {
  id: string;
  /** `station/lane`. */
  of: string;
}

const readReport = (report: string): Read | { fault: string } => {
  let json: unknown;
  try {
    json = JSON.parse(report);
  } catch {
    return { fault: 'is not JSON' };
  }
  const read = partRecord.safeParse(json);
  if (!read.success) return { fault: `is no part record at "${read.error.issues[0]?.path.join('.') ?? ''}"` };
  const { station, lane, sequence, order, verdict } = read.data;
  const of = `${station}/${lane}`;
  return { id: `${of}/${sequence}`, of, sequence, order, verdict };
};

const keep = ({ counts, seen }: Ledger, { of, sequence, order, verdict }: Read): void => {
  const runs = seen.get(of) ?? [];
  seen.set(of, runs);
  if (!add(runs, sequence)) {
    counts.duplicates += 1;
    return;
  }
  const last = counts.lastSequence[of] ?? 0;
  counts.received += 1;
  if (order !== null) {
    const made = (counts.orders[order] ??= { ok: 0, nok: 0, unsure: 0, error: 0 });
    made[verdict] += 1;
  }
  if (sequence < last) counts.outOfOrder += 1;
  counts.lastSequence[of] = Math.max(last, sequence);
};

const refuse = ({ counts }: Ledger, answer: Answer, id: string, why: string): void => {
  counts.refused += 1;
  answer.refused.push(`${id}: ${why}`);
};
