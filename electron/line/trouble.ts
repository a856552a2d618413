import type { Trouble } from '../contract/facts.ts';
import type { Refusal } from '../contract/frame.ts';

/** How often each cause has kept a frame from being judged, since some beginning. */
type Totals = Partial<Record<Refusal, number>>;

/** What was lately wrong with a camera's frames; times are monotonic milliseconds. */
export interface Watched {
  totals: Totals;
  trouble: (Trouble & { lastAtMs: number }) | null;
}

/** One torn frame is over in 17 ms: a person can read of it for so long. */
const shownMs = 10_000;

/** Nothing was wrong yet. */
export const noTrouble = (): Watched => ({ totals: {}, trouble: null });

/** The totals as they are now. One that went down was counted anew, by a process or for a bench. // faults, rule 6 */
export const noteTotals = (watched: Watched, totals: Totals, nowMs: number): void => {
  for (const why of Object.keys(totals) as Refusal[]) {
    const total = totals[why] ?? 0;
    const before = watched.totals[why] ?? 0;
    const more = total < before ? total : total - before;
    if (more > 0) watched.trouble = { why, frames: (troubleAt(watched, nowMs)?.frames ?? 0) + more, lastAtMs: nowMs };
  }
  watched.totals = totals;
};

/** What a person should know of now. */
export const troubleAt = ({ trouble }: Watched, nowMs: number): Trouble | null =>
  trouble === null || nowMs - trouble.lastAtMs > shownMs ? null : { why: trouble.why, frames: trouble.frames };
