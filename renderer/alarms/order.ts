import type { Alarm } from '../../electron/contract/alarms.ts';

/** ISA-18.2: at most four priorities. The order is that of urgency. */
export const priorities = ['urgent', 'high', 'medium', 'low'] as const satisfies Alarm['priority'][];

/** Most urgent first; of the same priority, unseen before seen, then the newest. */
export const byPriority = (alarms: readonly Alarm[], seen: ReadonlySet<string>): Alarm[] =>
  alarms.toSorted(
    (a, b) =>
      priorities.indexOf(a.priority) - priorities.indexOf(b.priority) ||
      Number(seen.has(keyOf(a))) - Number(seen.has(keyOf(b))) ||
      b.sinceMs - a.sinceMs,
  );

/** An alarm that has gone and comes again is a new one: it has to be seen again. */
export const keyOf = ({ id, sinceMs }: Alarm): string => `${id}@${sinceMs}`;
