import { type Database, openDatabase } from './database.ts';
import { prepareRecentGaps } from './gaps.ts';
import { prepareKeep } from './keepRecords.ts';
import { openLanes } from './lanes.ts';
import { prepareLineEvents } from './lineEvents.ts';
import { lockStore } from './lock.ts';
import { migrate } from './migrate.ts';
import { preparePart, prepareRecentParts } from './parts.ts';
import { preparePictures } from './pictures.ts';
import { preparePareto, prepareTrend } from './production.ts';
import { prepareReports } from './reports.ts';
import { prepareTotals } from './totals.ts';

interface Options {
  file: string;
  station: string;
  lanes: readonly string[];
  /** Whether there is an MES to report to; without one no report is written. */
  isReporting: boolean;
  /** Wall clock, milliseconds. */
  now: () => number;
  mostBytes?: number;
}

export type Store = ReturnType<typeof openStore>;

/**
 * Opens the one file of records, for this process alone. Every call is synchronous and done in a few milliseconds, and
 * what changes something is on disk when it returns. Throws PersonError when the file cannot be ours.
 */
export const openStore = ({ file, station, lanes: names, isReporting, now, mostBytes }: Options) => {
  const lock = lockStore(file);
  const database = openMigrated(file, mostBytes, lock);
  const lanes = openLanes(database, station, names);
  return {
    keep: prepareKeep(database, lanes, isReporting),
    lastSequences: (): Record<string, number> =>
      Object.fromEntries(lanes.totals().map(({ lane, lastSequence }) => [lane, lastSequence])),
    recentParts: prepareRecentParts(database, lanes),
    part: preparePart(database, lanes),
    trend: prepareTrend(database, lanes),
    pareto: preparePareto(database, lanes),
    lineEvents: prepareLineEvents(database, lanes),
    recentGaps: prepareRecentGaps(database, station),
    reports: prepareReports(database, station, lanes, now),
    pictures: preparePictures(database, lanes),
    totals: prepareTotals(database, lanes),
    close() {
      database.close();
      lock.release();
    },
  };
};

const openMigrated = (file: string, mostBytes: number | undefined, lock: { release(): void }): Database => {
  try {
    const database = openDatabase(file, mostBytes);
    migrate(database);
    return database;
  } catch (error) {
    lock.release();
    throw error;
  }
};
