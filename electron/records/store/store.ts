import { limitTo } from './database.ts';
import { type Events, prepareEvents } from './events.ts';
import { prepareNoteChallenge, prepareSinceChallenge } from './challenge.ts';
import { prepareDeadLetters } from './deadLetters.ts';
import { prepareEviction } from './evictRecords.ts';
import { prepareRecentGaps } from './gaps.ts';
import { openJobs } from './jobs.ts';
import { prepareKeep } from './keepRecords.ts';
import { openLanes } from './lanes.ts';
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
  try {
    return prepareStore(opened, { numbers, station, names, isReporting, now, nowMs });
  } catch (error) {
    opened.salvages.close();
    opened.database.close();
    throw error;
  }
};

interface Around {
  numbers: Numbers;
  station: string;
  names: readonly string[];
  isReporting: boolean;
  now: () => number;
  nowMs: number;
}

const prepareStore = (opened: Opened, { numbers, station, names, isReporting, now, nowMs }: Around) => {
  const { database, salvages } = opened;
  numbers.restoreLanes(database, station);
  const lanes = openLanes(database, station, names);
  const events = prepareEvents(database, station);
  settleLoss(opened, { station, numbers, events, nowMs });
  const jobs = openJobs(database);
  const keep = prepareKeep(database, lanes, jobs, { isReporting, events });
  const reports = prepareReports(database, station, lanes, now);
  numbers.reserve(lanes.totals());
  return {
    keep(...[batch, nowMs]: Parameters<typeof keep>) {
      const kept = keep(batch, nowMs);
      numbers.reserve(Object.entries(kept.upTo).map(([lane, lastSequence]) => ({ id: lanes.id(lane), lane, lastSequence })));
      return kept;
    },
    lastSequences: (): Record<string, number> =>
      Object.fromEntries(lanes.totals().map(({ lane, lastSequence }) => [lane, lastSequence])),
    parts: prepareParts(database, lanes),
    part: preparePart(database, lanes),
    production: prepareProduction(database, lanes),
    noteChallenge: prepareNoteChallenge(database, lanes, events),
    sinceChallenge: prepareSinceChallenge(database, lanes),
    lineEvents: prepareLineEvents(database, lanes),
    recentGaps: prepareRecentGaps(database, station),
    // None goes before those of a damaged file that are still to come: reports go in order.
    reports: { ...reports, next: (limit: number) => (salvages.hasReports() ? [] : reports.next(limit)) },
    deadLetters: prepareDeadLetters(database, station, lanes, events),
    jobs,
    pictures: preparePictures(database, lanes),
    totals: prepareTotals(database, lanes),
    events,
    eviction: prepareEviction(database),
    /** How large the file may grow from now on. */
    limit: (bytes: number) => limitTo(database, bytes),
    /** Copies a piece of a damaged file that was set aside; `false` when there is nothing left to copy. */
    salvage: salvages.step,
    close() {
      salvages.close();
      closeWhole(database);
    },
  };
};

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
