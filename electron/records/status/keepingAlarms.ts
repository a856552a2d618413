import type { Alarm } from '../../contract/api.ts';
import type { Condition, Raised } from './alarms.ts';
import { storeAlarms } from './storeAlarms.ts';

/** Ten seconds of production at 60 a second; `line` holds some 20,000. */
const manyWaiting = 600;
const tooManyWaiting = 10_000;

/** What is wrong with keeping and reporting. */
export const keepingAlarms = (condition: Condition): Raised[] => [
  ...storeAlarms(condition),
  ...crashAlarms(condition),
  ...waitingAlarms(condition),
  ...diskAlarms(condition),
  ...mesAlarms(condition),
  ...missingAlarms(condition),
];

/** As many as make the line stand still; keeping goes on being tried, because standing would help nobody. */
const manyCrashes = 5;

const crashAlarms = ({ processes }: Condition): Raised[] => {
  const crashes = processes.find(({ name }) => name === 'records')?.crashes ?? 0;
  if (crashes < manyCrashes) return [];
  return [
    {
      id: 'records-crashing',
      priority: 'high',
      what: `What keeps the records and serves this screen has ended ${crashes} times in the last minutes.`,
      meanwhile: 'Parts go on being sorted. Records wait in the inspection until they can be kept.',
      toDo: 'Call maintenance: the log names the cause.',
    },
  ];
};

const waitingAlarms = ({ line, picturesLost }: Condition): Raised[] => {
  const raised: Raised[] = [];
  const waiting = line?.waitingRecords ?? 0;
  if (line?.isFull === true)
    raised.push({
      id: 'records-full',
      priority: 'urgent',
      what: 'No more records can wait in the inspection.',
      meanwhile: 'No verdict goes to the gate: the PLC applies the fail-safe. Parts without a record are a gap that is recorded.',
      toDo: 'Call maintenance now: the disk takes no records. It goes on by itself once it does.',
    });
  else if (waiting > manyWaiting)
    raised.push({
      id: 'records-waiting',
      priority: waiting > tooManyWaiting ? 'high' : 'medium',
      what: `${waiting} records wait to be written to the disk.`,
      meanwhile: 'Parts go on being sorted. When the waiting line is full, the line goes into fail-safe.',
      toDo: 'If the number keeps growing, call maintenance: the disk is too slow or full.',
    });
  if (picturesLost)
    raised.push({
      id: 'pictures-lost',
      priority: 'low',
      what: 'Some pictures of the last minutes were not kept.',
      meanwhile: 'Parts go on being sorted and recorded; only pictures are missing.',
      toDo: 'If this comes again, call maintenance: the disk is too slow or full.',
    });
  return raised;
};

const room = (bytes: number): string =>
  bytes >= 1024 ** 3 ? `${(bytes / 1024 ** 3).toFixed(1)} GiB` : `${Math.round(bytes / 1024 ** 2)} MiB`;

const diskSteps = [
  { usedAtLeast: 0.95, priority: 'high' },
  { usedAtLeast: 0.9, priority: 'medium' },
  { usedAtLeast: 0.8, priority: 'low' },
] as const satisfies { usedAtLeast: number; priority: Alarm['priority'] }[];

/** Steps of 80, 90 and 95 % (faults #43). */
const diskAlarms = ({ disk }: Condition): Raised[] => {
  if (disk === null || disk.totalBytes === 0) return [];
  const used = 1 - disk.freeBytes / disk.totalBytes;
  const step = diskSteps.find(({ usedAtLeast }) => used >= usedAtLeast);
  if (step === undefined) return [];
  return [
    {
      id: 'disk-low',
      priority: step.priority,
      what: `The disk is ${Math.floor(used * 100)} % full; ${room(disk.freeBytes)} are left.`,
      meanwhile: 'Nothing is lost yet. Records go on being kept until the disk is full.',
      toDo: 'Maintenance: free space on the disk or give the station a larger one.',
    },
  ];
};

const mesAlarms = ({ mes, deadLetters }: Condition): Raised[] => {
  const raised: Raised[] = [];
  if (mes.state === 'away')
    raised.push({
      id: 'mes-away',
      priority: 'medium',
      what: `The MES is away.${mes.message === '' ? '' : ` ${mes.message}`}`,
      meanwhile: `Production goes on. ${mes.waiting} reports wait on the disk and are sent when it is back.`,
      toDo: 'Tell whoever looks after the MES or the plant network. Nothing needs to be done here.',
    });
  if (deadLetters > 0)
    raised.push({
      id: 'reports-refused',
      priority: 'medium',
      what: `The MES has refused ${deadLetters} ${deadLetters === 1 ? 'report' : 'reports'} for good.`,
      meanwhile: 'Production goes on; the records are kept here, other reports are sent.',
      toDo: 'Quality: find out with those who look after the MES why it does not take them.',
    });
  return raised;
};

const missingAlarms = ({ recentGaps, setAside }: Condition): Raised[] => {
  const raised: Raised[] = recentGaps.map(({ lane, first, last, cause }) => ({
    id: `records-missing:${lane}:${first}`,
    priority: 'medium',
    what:
      cause === 'damage'
        ? `Lane ${lane}: what was recorded under the numbers ${first} to ${last}, if they were given at all, is lost.`
        : `Lane ${lane}: ${last - first + 1} parts have no record (numbers ${first} to ${last}).`,
    meanwhile: 'The gap itself is recorded. What was decided about these parts is not known here.',
    toDo: 'Quality: decide about the parts of that time by the counts of the PLC.',
  }));
  if (setAside > 0)
    raised.push({
      id: 'records-set-aside',
      priority: 'medium',
      what: `${setAside} ${setAside === 1 ? 'record was' : 'records were'} not readable and lie aside.`,
      meanwhile: 'The parts were sorted; these records are neither counted nor reported.',
      toDo: 'Send the log of this station to the maker.',
    });
  return raised;
};
