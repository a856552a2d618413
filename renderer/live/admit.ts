import type { PreviewHeader } from '../../electron/contract/api.ts';

/** What the picture shows now: since when, and what kind of part. */
export interface Shown {
  kind: string | null;
  sinceMs: number;
  /** When the last hold of a part that was not ok ended; minus infinity before the first. */
  heldUntilMs: number;
}

export const nothingShown: Shown = { kind: null, sinceMs: Number.NEGATIVE_INFINITY, heldUntilMs: Number.NEGATIVE_INFINITY };

/** So long a bad part stays in the picture: shorter cannot be seen and read. */
export const holdMs = 700;
/**
 * After a hold, good parts have the picture for so long. Picture and word change colour at most once in
 * `holdMs + restMs`, far below the three flashes a second that may trigger a seizure (WCAG 2.2, 2.3.1).
 */
export const restMs = 1800;
/** Good parts that stay away so long leave the picture to bad ones. */
export const patienceMs = 250;

/**
 * Whether a frame gets the picture. At 60 parts a second nobody reads a verdict a frame; what is shown is a true sample:
 * picture, box and word always belong to the same part.
 */
export const isAdmitted = (shown: Shown, incoming: PreviewHeader['verdict'], nowMs: number): boolean => {
  const forMs = nowMs - shown.sinceMs;
  const isHolding = isBad(shown.kind);
  if (isHolding && forMs < holdMs) return false;
  if (incoming === null || !isBad(incoming.kind)) return true;
  return isHolding ? forMs >= holdMs + patienceMs : forMs >= patienceMs || nowMs - shown.heldUntilMs >= restMs;
};

/** What is shown once that frame has the picture. A frame without a part leaves the last verdict standing. */
export const afterShowing = (shown: Shown, incoming: PreviewHeader['verdict'], nowMs: number): Shown => ({
  kind: incoming?.kind ?? null,
  sinceMs: nowMs,
  heldUntilMs: isBad(shown.kind) ? nowMs : shown.heldUntilMs,
});

export const isBad = (kind: string | null): boolean => kind !== null && kind !== 'ok';
