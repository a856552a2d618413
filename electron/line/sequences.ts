import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../base/log.ts';
import type { FactsLink } from './factsLink.ts';

/** How long a new start of `line` waits for `records` before it goes on without. */
const patienceMs = 5000;
/** At a cold start nobody else knows which ids were given: then the fail-safe has it a little longer. */
const coldPatienceMs = 30_000;
/** Ids skipped when only the supervisor's memory is there: more than can have been given since it last heard of them. */
const safetyGap = 10_000;

/**
 * The last sequence number ever given on each lane, so that no id is given twice: what `records` has on disk, or, when
 * it is away, what the supervisor last heard, and a gap. Gaps are recorded by `records`; they lose nothing.
 */
export const sequencesToGoOnFrom = async (facts: FactsLink, lanes: string[], log: Logger): Promise<Record<string, number>> => {
  const heard = JSON.parse(process.env['LINEGATE_LAST_SEQUENCES'] ?? '{}') as Record<string, number>;
  const onDisk = await Promise.race([
    facts.lastSequences(),
    sleep(Object.keys(heard).length > 0 ? patienceMs : coldPatienceMs, null, { ref: false }),
  ]);
  if (onDisk === null) log.warn('records does not answer; sequence numbers go on after a gap');
  return Object.fromEntries(
    lanes.map((lane) => {
      const last = heard[lane] ?? 0;
      const afterGap = onDisk === null || last > (onDisk[lane] ?? 0) ? last + safetyGap : last;
      return [lane, Math.max(onDisk?.[lane] ?? 0, afterGap)];
    }),
  );
};
