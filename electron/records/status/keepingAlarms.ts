import type { Priority } from '../../contract/alarms.ts';
import type { Gap } from '../store/gaps.ts';
import type { Condition } from './alarms.ts';
import { raise, type Raised } from './raise.ts';
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
  return [raise('high', { code: 'records-crashing', facts: { crashes } })];
};

/**
 * One disk that takes nothing is one alarm: why, and what to do. That records wait and that pictures are lost follows from
 * it. A line without place for records stops sorting: that is more, and is said. // faults #43
 */
const waitingAlarms = ({ line, picturesLost, storeFault, disk }: Condition): Raised[] => {
  const raised: Raised[] = [];
  const records = line?.waitingRecords ?? 0;
  if (line?.isFull === true) raised.push(raise('urgent', { code: 'records-full', facts: {} }));
  else if (records > manyWaiting && storeFault === null)
    raised.push(raise(records > tooManyWaiting ? 'high' : 'medium', { code: 'records-waiting', facts: { records } }));
  if (picturesLost !== null && !isToldBy(storeFault, picturesLost) && !(picturesLost.kind === 'full' && isUsedUp(disk))) {
    const { kind } = picturesLost;
    raised.push(raise('low', { code: 'pictures-lost', facts: kind === null ? {} : { kind } }));
  }
  return raised;
};

/** Whether the pictures were lost to what already keeps the records from the disk; they may have a disk of their own. */
const isToldBy = (fault: Condition['storeFault'], { kind }: NonNullable<Condition['picturesLost']>): boolean =>
  fault !== null && (kind === null || kind === 'other' || kind === fault.kind);

const usedUp = 0.95;
const diskSteps = [
  { usedAtLeast: usedUp, priority: 'high' },
  { usedAtLeast: 0.9, priority: 'medium' },
  { usedAtLeast: 0.8, priority: 'low' },
] as const satisfies { usedAtLeast: number; priority: Priority }[];

const usedOf = ({ freeBytes, totalBytes }: NonNullable<Condition['disk']>): number => 1 - freeBytes / totalBytes;
/** Its own alarm says then that pictures give way. */
const isUsedUp = (disk: Condition['disk']): boolean => disk !== null && disk.totalBytes > 0 && usedOf(disk) >= usedUp;

/** Steps of 80, 90 and 95 %, until the records' own alarm says that nothing more goes in (faults #43). */
const diskAlarms = ({ disk, storeFault }: Condition): Raised[] => {
  if (disk === null || disk.totalBytes === 0 || storeFault?.kind === 'full') return [];
  const used = usedOf(disk);
  const step = diskSteps.find(({ usedAtLeast }) => used >= usedAtLeast);
  if (step === undefined) return [];
  const facts = { usedPercent: Math.floor(used * 100), freeBytes: disk.freeBytes };
  return [raise(step.priority, { code: 'disk-low', facts })];
};

/** Whoever comes for results comes again within minutes. */
const fetchPatienceMs = 10 * 60_000;

const mesAlarms = ({ mes, fetchedNoneMs, deadLetters }: Condition): Raised[] => {
  const raised: Raised[] = [];
  if (mes.state === 'away') raised.push(raise('medium', { code: 'mes-away', facts: { reports: mes.waiting } }, mes.message));
  for (const what of ['reports', 'orders'] as const) {
    const why = mes.state === 'connected' ? (mes.refuses?.[what] ?? null) : null;
    if (why !== null) raised.push(raise('medium', { code: 'mes-refuses', facts: { what, reports: mes.waiting } }, why, what));
  }
  if (fetchedNoneMs !== null && fetchedNoneMs >= fetchPatienceMs)
    raised.push(raise('medium', { code: 'mes-fetches-none', facts: { reports: mes.waiting } }));
  if (deadLetters > 0) raised.push(raise('medium', { code: 'reports-refused', facts: { reports: deadLetters } }));
  return raised;
};

const missingAlarms = ({ recentGaps, setAside }: Condition): Raised[] => {
  const raised = [...Map.groupBy(recentGaps, ({ lane, cause }) => `${lane}:${cause}`).values()].map(ofGaps);
  if (setAside > 0) raised.push(raise('medium', { code: 'records-set-aside', facts: { records: setAside } }));
  return raised;
};

/** One for all gaps of a lane with the same cause: a damaged file has many. Another gap raises it anew. */
const ofGaps = (gaps: readonly Gap[]): Raised => {
  const { lane, cause } = gaps[0] as Gap;
  const facts = {
    first: Math.min(...gaps.map(({ first }) => first)),
    last: Math.max(...gaps.map(({ last }) => last)),
    parts: gaps.reduce((sum, { first, last }) => sum + last - first + 1, 0),
  };
  const missing = raise('medium', { code: 'records-missing', facts: { lane, cause, gaps: gaps.length, ...facts } });
  return { ...missing, id: `${missing.id}:${cause}:${gaps.length}:${facts.last}` };
};
