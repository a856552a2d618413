import type { Condition } from './alarms.ts';
import { raise, type Raised } from './raise.ts';

/** What is wrong with the one file of records, and what lately was. */
export const storeAlarms = ({ storeFault, incidents }: Pick<Condition, 'storeFault' | 'incidents'>): Raised[] => {
  const raised = incidents.flatMap(({ kind, atMs, what }) =>
    kind in priorities ? [raise(priorities[kind as Incident], { code: kind as Incident, facts: {} }, what, String(atMs))] : [],
  );
  if (storeFault !== null)
    raised.push(raise('high', { code: 'store-fault', facts: { kind: storeFault.kind } }, storeFault.message));
  return raised;
};

const priorities = { damaged: 'high', 'log-lost': 'high', restored: 'medium', 'clock-step': 'low' } as const;
type Incident = keyof typeof priorities;

/** What happened to the records that is an alarm for a while. */
export const incidentKinds = Object.keys(priorities) as Incident[];
