import { backoffMs } from '../../base/backoff.ts';

/** A report that the MES has refused, by itself or when it was offered alone; times are monotonic milliseconds. */
export interface Suspect {
  why: string;
  refusals: number;
  /** So many of them the outbox was told. */
  told: number;
  notBeforeMs: number;
  /** The MES has taken another since: so it is the report and not the MES. */
  isProven: boolean;
  /** It was refused again after that: it is not one of those that a sick MES has refused. */
  isSure: boolean;
  /** It ended a whole call: it is offered alone, that it harms no other. */
  isAlone: boolean;
}
/** By the report's id. */
export type Suspects = ReadonlyMap<string, Suspect>;

interface WithId {
  id: string;
}

/** More are not held in mind: a new one is offered again and again until there is room. */
export const mostSuspects = 200;
const mostRefusals = 5;
const firstRestMs = 500;
const mostRestMs = 4000;

/**
 * Which of the `waiting` to offer now, in their order; none while all of them rest. A suspect rests between its tries,
 * and one that must go alone goes every other time, so that it holds up no others. // faults #47
 * When the MES may just be well again, those that it refused go first, for the sake of the order.
 */
export const pick = <R extends WithId>(
  waiting: readonly R[],
  suspects: Suspects,
  { limit, nowMs, wasSuspect }: { limit: number; nowMs: number; wasSuspect: boolean },
): R[] => {
  const isDue = ({ id }: R): boolean => (suspects.get(id)?.notBeforeMs ?? 0) <= nowMs;
  const isAlone = ({ id }: R): boolean => {
    const suspect = suspects.get(id);
    return suspect !== undefined && (suspect.isAlone || !suspect.isSure);
  };
  const together = waiting.filter((report) => isDue(report) && !isAlone(report)).slice(0, limit);
  const alone = waiting.filter((report) => isDue(report) && isAlone(report));
  const unsure = alone.filter(({ id }) => suspects.get(id)?.isProven === true && suspects.get(id)?.isSure === false);
  if (unsure.length > 0) return unsure.slice(0, 1);
  return alone.length > 0 && (together.length === 0 || !wasSuspect) ? alone.slice(0, 1) : together;
};

/** What the MES said of a call with `offered` reports. */
export interface Said {
  offered: readonly string[];
  /** Why, by the id of each that it refused. */
  refused: ReadonlyMap<string, string>;
  /** Those that it has taken. */
  taken: readonly string[];
  /** Whether any of them has left the outbox: what the MES names may be none of ours. */
  hasTaken: boolean;
  /** The whole call was refused, not a report by its id. */
  isCall: boolean;
}
/** Tell the outbox that the report was refused so many times more. */
export interface Tell {
  id: string;
  why: string;
  times: number;
}

/**
 * Who is suspect after an answer, and what the outbox is to be told. It is told of a refusal only when the MES has taken
 * another report since: an MES that refuses all of them, wrong order or broken disk, fills no list that a person must go
 * through. The fifth refusal is never one of those that were held back, so a report has a chance when the MES is well again.
 */
export const onSaid = (suspects: Suspects, said: Said, nowMs: number): { suspects: Map<string, Suspect>; tell: Tell[] } => {
  const { offered, refused, hasTaken } = said;
  const after = new Map(stillSuspect(suspects, said));
  for (const id of offered) {
    const why = refused.get(id);
    const before = after.get(id);
    // Of many that are refused together none is suspect yet: fewer are tried.
    const isNew = before === undefined && (hasTaken || offered.length === 1) && after.size < mostSuspects;
    if (why === undefined || (before === undefined && !isNew)) continue;
    const refusals = (before?.refusals ?? 0) + 1;
    const notBeforeMs = nowMs + backoffMs(refusals - 1, firstRestMs, mostRestMs);
    const fresh = { told: 0, isProven: false, isAlone: said.isCall };
    after.set(id, { ...(before ?? fresh), why, refusals, notBeforeMs, isSure: hasTaken || before?.isProven === true });
  }
  const tell: Tell[] = [];
  for (const [id, suspect] of after) {
    if (!suspect.isProven && !hasTaken) continue;
    const mostTold = suspect.isProven && offered.includes(id) ? mostRefusals : mostRefusals - 1;
    const told = Math.max(suspect.told, Math.min(suspect.refusals, mostTold));
    if (told > suspect.told) tell.push({ id, why: suspect.why, times: told - suspect.told });
    // Whether the MES still refuses it is asked at once.
    const notBeforeMs = suspect.isSure ? suspect.notBeforeMs : nowMs;
    after.set(id, { ...suspect, told, notBeforeMs, isProven: true });
  }
  return { suspects: after, tell };
};

/** One that was refused and now is taken tells that it was the MES: what it refused in that time is suspect no longer. */
const stillSuspect = (suspects: Suspects, { taken, hasTaken }: Said): [string, Suspect][] => {
  const isWell = hasTaken && taken.some((id) => suspects.get(id)?.isSure === false);
  return [...suspects].filter(([id, { isSure }]) => !(hasTaken && taken.includes(id)) && (isSure || !isWell));
};

/** When the first of them may be offered again; `null` without any. */
export const firstDueMs = (suspects: Suspects): number | null =>
  suspects.size === 0 ? null : Math.min(...[...suspects.values()].map(({ notBeforeMs }) => notBeforeMs));
