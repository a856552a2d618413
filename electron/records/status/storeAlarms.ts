import type { FaultKind } from '../store/fault.ts';
import type { Condition, Raised } from './alarms.ts';

/** What is the matter and what to do, by what the disk says. */
const faults = {
  full: {
    what: 'The disk or the quota of the records is full, and nothing in it may go by the rule.',
    toDo: 'Maintenance: free space on the disk, or see why reports do not reach the MES; then it goes on by itself.',
  },
  damaged: {
    what: 'The file of records is damaged and is being replaced.',
    toDo: 'Nothing now; if this stays for a minute, call maintenance: the disk may be failing.',
  },
  io: {
    what: 'The disk under the records fails.',
    toDo: 'Call maintenance now: check the cable and the health of the disk, and replace it when it is failing.',
  },
  'read-only': {
    what: 'The disk under the records is read-only.',
    toDo: 'Maintenance: mount it for writing. A disk that made itself read-only is failing; replace it.',
  },
  'no-permission': {
    what: 'This station may not write where its records belong.',
    toDo: 'Maintenance: give the data folder to the user that runs Linegate, or correct "dataDir" in the station file.',
  },
  other: {
    what: 'Records cannot be written to the disk.',
    toDo: 'Call maintenance, and send the log of this station to the maker.',
  },
} as const satisfies Record<FaultKind, { what: string; toDo: string }>;

/** What is wrong with the one file of records, and what lately was. */
export const storeAlarms = ({ storeFault, incidents }: Pick<Condition, 'storeFault' | 'incidents'>): Raised[] => {
  const raised: Raised[] = incidents.flatMap(({ kind, atMs, what }) =>
    kind in incidentAlarms ? [{ ...incidentAlarms[kind as keyof typeof incidentAlarms], id: `${kind}:${atMs}`, what }] : [],
  );
  if (storeFault !== null)
    raised.push({
      id: 'store-fault',
      priority: 'high',
      what: `${faults[storeFault.kind].what} (${storeFault.message})`,
      meanwhile:
        'Parts go on being sorted. Their records wait in memory for a few minutes of production; when it is full, the line goes into fail-safe.',
      toDo: faults[storeFault.kind].toDo,
    });
  return raised;
};

const incidentAlarms = {
  damaged: {
    priority: 'high',
    meanwhile: 'Production and recording go on. The damaged file lies in the folder "damaged" beside the records.',
    toDo: 'Quality: see the gaps in the records. Maintenance: check the disk; a good one does not damage files.',
  },
  'log-lost': {
    priority: 'high',
    meanwhile: 'Production and recording go on. The numbers of the parts go on farther up.',
    toDo: 'Quality: see the gaps in the records. Maintenance: find out who or what touched the data folder.',
  },
  'clock-step': {
    priority: 'low',
    meanwhile: 'Production and recording go on; records are in the order of their numbers, whatever the clock says.',
    toDo: 'Maintenance: check the time server if this comes again.',
  },
} as const satisfies Partial<Record<Condition['incidents'][number]['kind'], Omit<Raised, 'id' | 'what'>>>;
