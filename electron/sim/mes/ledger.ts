import { partRecord } from '../../contract/record.ts';
import type { MesCounts } from '../../contract/wiring.ts';
import { add, type Runs } from './runs.ts';

/** What the simulated MES has, by `station/lane`. */
export interface Ledger {
  counts: MesCounts;
  seen: Map<string, Runs>;
  /** Ids that are refused for ever. */
  poison: Set<string>;
}

export const emptyCounts = (): MesCounts => ({ received: 0, duplicates: 0, refused: 0, outOfOrder: 0, lastSequence: {} });
export const emptyLedger = (): Ledger => ({ counts: emptyCounts(), seen: new Map(), poison: new Set() });

export interface Answer {
  acknowledged: string[];
  /** `id: why`; `#n` stands for the id of the n-th report (from 0) when it cannot be read. */
  refused: string[];
}

/** Takes reports in, each the JSON of a part record. A second copy is acknowledged and not counted as received. */
export const takeIn = (ledger: Ledger, reports: readonly string[]): Answer => {
  const answer: Answer = { acknowledged: [], refused: [] };
  for (const [index, report] of reports.entries()) {
    const read = readReport(report);
    if ('fault' in read) refuse(ledger, answer, `#${index}`, read.fault);
    else if (ledger.poison.has(read.id)) refuse(ledger, answer, read.id, 'refused by the knob');
    else {
      keep(ledger, read.of, read.sequence);
      answer.acknowledged.push(read.id);
    }
  }
  return answer;
};

const readReport = (report: string): { id: string; of: string; sequence: number } | { fault: string } => {
  let json: unknown;
  try {
    json = JSON.parse(report);
  } catch {
    return { fault: 'is not JSON' };
  }
  const read = partRecord.safeParse(json);
  if (!read.success) return { fault: `is no part record at "${read.error.issues[0]?.path.join('.') ?? ''}"` };
  const { station, lane, sequence } = read.data;
  const of = `${station}/${lane}`;
  return { id: `${of}/${sequence}`, of, sequence };
};

const keep = ({ counts, seen }: Ledger, of: string, sequence: number): void => {
  const runs = seen.get(of) ?? [];
  seen.set(of, runs);
  if (!add(runs, sequence)) {
    counts.duplicates += 1;
    return;
  }
  const last = counts.lastSequence[of] ?? 0;
  counts.received += 1;
  if (sequence < last) counts.outOfOrder += 1;
  counts.lastSequence[of] = Math.max(last, sequence);
};

const refuse = ({ counts }: Ledger, answer: Answer, id: string, why: string): void => {
  counts.refused += 1;
  answer.refused.push(`${id}: ${why}`);
};
