import type { StoreHolder } from './holder.ts';
import type { Store } from './store.ts';

/**
 * The store as the rest of the process uses it: the calls of an open store, each passed on to the one that is open when
 * it comes. While there is none, a call throws.
 */
export type KeptStore = Omit<Store, 'close' | 'salvage' | 'eviction' | 'limit' | 'jobs'> & {
  jobs: Omit<Store['jobs'], 'stamp' | 'count'>;
};

/** The calls of `holder`'s store. */
export const keptStore = (holder: StoreHolder): KeptStore => {
  const call =
    <A extends unknown[], R>(pick: (store: Store) => (...args: A) => R) =>
    (...args: A): R =>
      holder.use((store) => pick(store)(...args));
  return {
    keep: (...batch) => holder.write((store) => store.keep(...batch)),
    lastSequences: call((store) => store.lastSequences),
    parts: call((store) => store.parts),
    part: call((store) => store.part),
    production: {
      production: call((store) => store.production.production),
      counts: call((store) => store.production.counts),
      defects: call((store) => store.production.defects),
      shares: call((store) => store.production.shares),
      trend: call((store) => store.production.trend),
      pareto: call((store) => store.production.pareto),
    },
    noteChallenge: call((store) => store.noteChallenge),
    sinceChallenge: call((store) => store.sinceChallenge),
    lineEvents: {
      keep: call((store) => store.lineEvents.keep),
      recent: call((store) => store.lineEvents.recent),
    },
    recentGaps: call((store) => store.recentGaps),
    totals: call((store) => store.totals),
    reports: {
      next: call((store) => store.reports.next),
      acknowledge: call((store) => store.reports.acknowledge),
      refused: call((store) => store.reports.refused),
    },
    deadLetters: {
      list: call((store) => store.deadLetters.list),
      resend: call((store) => store.deadLetters.resend),
    },
    jobs: {
      apply: call((store) => store.jobs.apply),
      current: call((store) => store.jobs.current),
      toTell: call((store) => store.jobs.toTell),
      told: call((store) => store.jobs.told),
    },
    pictures: {
      lanes: call((store) => store.pictures.lanes),
      add: call((store) => store.pictures.add),
      remove: call((store) => store.pictures.remove),
      find: call((store) => store.pictures.find),
      at: call((store) => store.pictures.at),
      oldest: call((store) => store.pictures.oldest),
      totalBytes: call((store) => store.pictures.totalBytes),
      after: call((store) => store.pictures.after),
    },
    events: {
      add: call((store) => store.events.add),
      recent: call((store) => store.events.recent),
      lastOf: call((store) => store.events.lastOf),
    },
  };
};
