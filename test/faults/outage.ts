import { readFileSync } from 'node:fs';
import type { Rig } from '../../electron/cli/bench/rig.ts';
import type { PartRecord } from '../../electron/contract/record.ts';
import { verdictKinds } from '../../electron/contract/verdict.ts';
import { apiOf } from './counted.ts';
import { pidOf } from './link.ts';

/** One outage of the inspection, by the records of its parts; milliseconds after it began. */
export interface Outage {
  /** The PLC had acknowledged the first error verdict; `Infinity`: it never did. */
  failSafeMs: number;
  /** The first part was inspected again. */
  backMs: number;
  /** Parts that were not inspected. */
  errors: number;
}

const mostParts = 200;

/** What the records tell of an outage that began at `sinceMs` (monotonic) and is over; at most 200 parts ago. */
export const outageOf = async (rig: Rig, sinceMs: number): Promise<Outage> => {
  const api = apiOf(rig);
  const lane = 'lane-1';
  const parts = await api.recentParts.query({ lane, verdicts: [...verdictKinds], limit: mostParts });
  const errors = parts.filter(({ verdict }) => verdict === 'error').toReversed();
  const record = (sequence: number): Promise<PartRecord | null> => api.part.query({ lane, sequence });
  const since = (await Promise.all(errors.map(({ sequence }) => record(sequence))))
    .filter((each) => each !== null)
    .filter(({ decidedMonoMs }) => decidedMonoMs >= sinceMs);
  const last = since.at(-1);
  if (last === undefined) return { failSafeMs: Infinity, backMs: Infinity, errors: 0 };
  const told = since.find(({ gate }) => gate === 'acknowledged');
  const back = await record(last.sequence + 1);
  return {
    failSafeMs: told === undefined ? Infinity : told.decidedMonoMs + (told.gateAckMs ?? 0) - sinceMs,
    backMs: (back?.decidedMonoMs ?? Infinity) - sinceMs,
    errors: since.length,
  };
};

/** The lane's `vision` process, a child of `line`. */
export const visionPid = (rig: Rig): number => {
  const line = pidOf(rig.station.process('line'));
  const [first] = readFileSync(`/proc/${line}/task/${line}/children`, 'utf8').trim().split(' ');
  if (first === undefined || first === '') throw new Error('there is no vision process');
  return Number(first);
};

/** The worst of some outages. */
export const worstOf = (outages: readonly Outage[]): Record<'worstFailSafeMs' | 'worstBackMs' | 'mostErrors', number> => ({
  worstFailSafeMs: Math.max(...outages.map(({ failSafeMs }) => failSafeMs)),
  worstBackMs: Math.max(...outages.map(({ backMs }) => backMs)),
  mostErrors: Math.max(...outages.map(({ errors }) => errors)),
});
