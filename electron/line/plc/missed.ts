const uint32 = 2 ** 32;
/** A larger step is no gap: the PLC started again and counts anew. */
const mostMissed = 100_000;

/**
 * How many triggers were never heard, `last` being the number of the last that was (or `null`) and `now` the next one.
 * `first` of a session: `now` is what stood in the tags when we came, so it was not heard in its time either.
 */
export const missedTriggers = (last: number | null, now: number, first: boolean): number => {
  if (last === null) return 0;
  const missed = (now - last - (first ? 0 : 1) + 2 * uint32) % uint32;
  return missed > mostMissed ? 0 : missed;
};
