import type { VerdictKind } from '../../contract/verdict.ts';

/** What the plan needs to know of a picture. */
export interface Evictable {
  verdict: VerdictKind;
  decidedAtMs: number;
  bytes: number;
}

/** Least valuable first: the picture of a bad part is the last to go. */
export const evictionOrder = ['ok', 'unsure', 'error', 'nok'] as const satisfies VerdictKind[];

/** Eviction goes on a little below the quota, so that it is not at work for every picture. */
const downTo = 0.95;

/**
 * Which pictures go, first to last: none while `usedBytes` is within the quota, else the least valuable and of those the
 * oldest, until 95 % of the quota is used. `candidates` may be a part of all pictures as long as it holds the oldest of
 * each verdict.
 */
export const planEviction = <T extends Evictable>(candidates: readonly T[], usedBytes: number, quotaBytes: number): T[] => {
  if (usedBytes <= quotaBytes) return [];
  const ordered = candidates.toSorted(
    (a, b) => evictionOrder.indexOf(a.verdict) - evictionOrder.indexOf(b.verdict) || a.decidedAtMs - b.decidedAtMs,
  );
  const leaving: T[] = [];
  let leftBytes = usedBytes;
  for (const picture of ordered) {
    if (leftBytes <= quotaBytes * downTo) break;
    leaving.push(picture);
    leftBytes -= picture.bytes;
  }
  return leaving;
};
