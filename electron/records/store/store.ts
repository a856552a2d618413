import { markSalvaged, pendingAside } from './aside.ts';
import { limitTo } from './database.ts';
import { type Events, prepareEvents } from './events.ts';
import { prepareNoteChallenge, prepareSinceChallenge } from './challenge.ts';
import { prepareDeadLetters } from './deadLetters.ts';
import { prepareEviction } from './evictRecords.ts';
import { prepareRecentGaps } from './gaps.ts';
import { openJobs } from './jobs.ts';
import { prepareKeep } from './keepRecords.ts';
import { type Lanes, openLanes } from './lanes.ts';
import { prepareLineEvents } from './lineEvents.ts';
import { type Numbers, openNumbers } from './numbers.ts';
import { closeWhole, type Opened, openWhole } from './openWhole.ts';
import { preparePart, prepareParts } from './parts.ts';
import { preparePictures } from './pictures.ts';
import { prepareProduction } from './production.ts';
import { prepareReports } from './reports.ts';
import { prepareTotals } from './totals.ts';

export interface StoreOptions {
  file: string;
  station: string;
  lanes: readonly string[];
  /** Whether there is an MES to report to; without one no report is written. */
  isReporting: boolean;
  /** Wall clock, milliseconds. */
  now: () => number;
  mostBytes?: number;
  /** Whether all of the log must reach the disk before anything new is kept: after a write that failed. */
  mustFlush?: boolean;
  /** What is known to be wrong with the file: it is set aside without being tried again. */
  damage?: string;
}

export type Store = ReturnType<typeof openStore>;

/**
 * Opens the one file of records, for the process that has its lock (`lock.ts`). Every call is synchronous and done in a
 * few milliseconds, and what changes something is on disk when it returns. Throws what the disk refuses, and PersonError
 * when the file cannot be ours.
 */
export const openStore = ({ file, station, lanes: names, isReporting, now, ...how }: StoreOptions) => {
  const numbers = openNumbers(file);
  const nowMs = now();
  const opened = openWhole({ file, isUsed: numbers.isUsed(), nowMs, ...how });
  const { database } = opened;
  const lanes = openLanes(database, station, names);
  const events = prepareEvents(database, station);
  settleLoss(opened, { station, numbers, events, nowMs });
  const jobs = openJobs(database);
  const keep = prepareKeep(database, lanes, jobs, { isReporting, events });
  const lastSequences = (): Record<string, number> => lastOf(lanes);
  numbers.reserve(lastSequences());
  return {
    keep(...[batch, nowMs]: Parameters<typeof keep>) {
      const kept = keep(batch, nowMs);
      numbers.reserve(kept.upTo);
      return kept;
    },
    lastSequences,
    parts: prepareParts(database, lanes),
    part: preparePart(database, lanes),
    production: prepareProduction(database, lanes),
    noteChallenge: prepareNoteChallenge(database, lanes, events),
    sinceChallenge: prepareSinceChallenge(database, lanes),
    lineEvents: prepareLineEvents(database, lanes),
    recentGaps: prepareRecentGaps(database, station),
    reports: prepareReports(database, station, lanes, now),
    deadLetters: prepareDeadLetters(database, lanes, events),
    jobs,
    pictures: preparePictures(database, lanes),
    totals: prepareTotals(database, lanes),
    events,
    eviction: prepareEviction(database),
    /** How large the file may grow from now on. */
    limit: (bytes: number) => limitTo(database, bytes),
    /** Copies a piece of a damaged file that was set aside; `false` when there is nothing left to copy. */
    salvage: prepareSalvageStep(opened),
    close() {
      opened.salvage?.close();
      closeWhole(database);
    },
  };
};

const lastOf = (lanes: Lanes): Record<string, number> =>
  Object.fromEntries(lanes.totals().map(({ lane, lastSequence }) => [lane, lastSequence]));

/** What was lost goes on record: an event, and numbers that nobody can have given before. */
const settleLoss = (
  { database, loss, settled }: Opened,
  { station, numbers, events, nowMs }: { station: string; numbers: Numbers; events: Events; nowMs: number },
): void => {
  if (loss === null) return;
  database.transaction(() => {
    numbers.skip(database, station, nowMs);
    events.add({ atMs: nowMs, ...loss, lane: null, sequence: null });
  })();
  settled();
};

const prepareSalvageStep = ({ database, salvage }: Opened): (() => boolean) => {
  let left = salvage;
  return () => {
    if (left === null) return false;
    if (left.step()) return true;
    left.close();
    left = null;
    const damaged = pendingAside(database.name);
    if (damaged !== null) markSalvaged(damaged);
    return false;
  };
};
