/** The time in which a certificate is valid, milliseconds since 1970. */
export interface Life {
  fromMs: number;
  untilMs: number;
}

const dayMs = 24 * 3600 * 1000;

/** The last days of a certificate, the shortest first. // faults #30: warn 60, 30 and 7 days ahead */
const lastDays = [7, 30, 60] as const;

/** Where in its life a certificate is; a number says that it ends within so many days. */
export type LifeStage = 'not-yet' | 'in-time' | (typeof lastDays)[number] | 'expired';

/** The stage at wall clock `nowMs`; at its very end a certificate is expired, as OPC UA stacks see it. */
export const lifeStage = ({ fromMs, untilMs }: Life, nowMs: number): LifeStage => {
  if (nowMs < fromMs) return 'not-yet';
  if (nowMs >= untilMs) return 'expired';
  return lastDays.find((days) => untilMs - nowMs <= days * dayMs) ?? 'in-time';
};

/**
 * How long a certificate lives that we make: five years. Nobody but the two peers vouches for it, so every renewal needs a
 * person on both sides, and one that comes each year is soon done blindly; but a key that was copied from a disk that left
 * the plant is worth nothing in the end.
 */
export const ownLifeMs = 5 * 365 * dayMs;

/** The life of a certificate that is made now: it starts yesterday, that a peer's clock may be a little behind. */
export const newLife = (nowMs: number): Life => ({ fromMs: nowMs - dayMs, untilMs: nowMs + ownLifeMs });

/** `2026-11-21`: a day for people, UTC. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
