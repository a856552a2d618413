import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aRecord } from '../../../test/records/record.ts';
import { aFolder, aStore, arrivals } from '../../../test/records/store.ts';
import { openDatabase } from './database.ts';
import { evictionSql } from './evictRecords.ts';
import { migrate } from './migrate.ts';
import { evictAbove } from './quota.ts';
import type { Store } from './store.ts';

const mostBytes = 1024 * 1024;

/** A store of one megabyte in which every tenth part is bad; fills it to where room has to be made. */
const aNearlyFullStore = (isReporting: boolean) => {
  const store = aStore({ mostBytes, isReporting });
  let sequence = 0;
  const keepSome = (): void => {
    const records = Array.from({ length: 100 }, () => {
      sequence += 1;
      return aRecord({ sequence, ...(sequence % 10 === 0 ? { verdict: 'nok' as const, reason: 'missing' } : {}) });
    });
    store.keep(arrivals(...records), 0);
  };
  while (store.eviction.fullness().usedBytes <= mostBytes * evictAbove) keepSome();
  return { store, keepSome, kept: () => sequence };
};

const ids = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => `test/lane-1/${first + index}`);
const keepParts = (store: Store, first: number, last: number): void => {
  for (let from = first; from <= last; from += 500) {
    const length = Math.min(500, last - from + 1);
    store.keep(arrivals(...Array.from({ length }, (_, index) => aRecord({ sequence: from + index }))), 0);
  }
};
/** Keeps parts, of which the MES knows at once, until room has to be made. */
const fill = (store: Store, first: number): void => {
  const isFull = (): boolean => {
    const { usedBytes, mostBytes } = store.eviction.fullness();
    return usedBytes > mostBytes * evictAbove;
  };
  for (let next = first; !isFull(); next += 100) {
    keepParts(store, next, next + 99);
    store.reports.acknowledge(ids(next, next + 99));
  }
};
const has =
  (store: Store) =>
  (sequence: number): boolean =>
    store.part({ lane: 'lane-1', sequence }) !== null;

describe('a store that is nearly full', () => {
  it('lets the oldest good parts go and no others, and keeps on keeping', () => {
    const { store, keepSome, kept } = aNearlyFullStore(false);
    for (let turn = 0; turn < 50; turn++) {
      while (store.eviction.step());
      keepSome();
    }
    const bad = store.parts({ lane: 'lane-1', verdicts: ['nok'], limit: 1e6 }).parts;
    expect(bad).toHaveLength(kept() / 10);
    expect(store.part({ lane: 'lane-1', sequence: 1 })).toBeNull();
    expect(store.part({ lane: 'lane-1', sequence: kept() - 1 })).not.toBeNull();
    expect(store.totals()).toMatchObject({ records: kept() });
    expect(store.recentGaps(0)).toEqual([]);
  });

  it('keeps what the MES has not acknowledged', () => {
    const { store, keepSome, kept } = aNearlyFullStore(true);
    while (store.eviction.step());
    expect(store.reports.next(1)).toMatchObject([{ id: 'test/lane-1/1' }]);
    for (let turn = 0; turn < 20; turn++) {
      store.reports.acknowledge(Array.from({ length: kept() }, (_, index) => `test/lane-1/${index + 1}`));
      while (store.eviction.step());
      keepSome();
    }
    expect(store.part({ lane: 'lane-1', sequence: 1 })).toBeNull();
    expect(store.part({ lane: 'lane-1', sequence: 10 })).not.toBeNull();
  });

  it('keeps dead letters until a person has dealt with them', () => {
    const store = aStore();
    keepParts(store, 1, 3000);
    for (let time = 0; time < 5; time++) for (const id of ids(7, 8)) store.reports.refused(id, 'no such order');
    store.reports.acknowledge(ids(1, 3000));
    store.limit(0);
    while (store.eviction.step());
    expect([6, 7, 8, 9].map(has(store))).toEqual([false, true, true, false]);
    expect(store.deadLetters.list()).toHaveLength(store.totals().deadLetters);
    expect(store.deadLetters.resend({ lane: 'lane-1', sequence: 7, correction: {}, by: 'operator' }, 0)).toBe(true);
    expect(store.reports.next(9).map(({ id }) => id)).toEqual(ids(7, 7));
    store.reports.acknowledge(ids(7, 7));
    fill(store, 3001);
    expect(store.eviction.step()).toBe(true);
    expect([7, 8].map(has(store))).toEqual([false, true]);
  });

  it('looks at a part of what waits in each step, and still finds what may go behind it, and before it later', () => {
    const folder = aFolder();
    const open = (isReporting: boolean): Store => aStore({ file: join(folder, 'records.sqlite'), isReporting });
    const reporting = open(true);
    keepParts(reporting, 1, 12_000);
    reporting.close();
    // The MES was taken out of the station file; what waited for it still does.
    const store = open(false);
    keepParts(store, 12_001, 15_000);
    store.limit(0);
    expect(store.eviction.step()).toBe(true);
    expect(has(store)(12_001)).toBe(true);
    expect(store.eviction.step()).toBe(true);
    expect(has(store)(12_001)).toBe(false);
    while (store.eviction.step());
    expect([1, 12_000].map(has(store))).toEqual([true, true]);

    fill(store, 15_001);
    store.reports.acknowledge(ids(1, 50));
    expect(store.eviction.step()).toBe(true);
    expect([50, 51].map(has(store))).toEqual([false, true]);
  });

  it.each(Object.entries(evictionSql))('walks along an index for what is called %s', (_name, sql) => {
    const database = openDatabase(join(aFolder(), 'some.sqlite'));
    migrate(database);
    const plan = database
      .prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all({ id: 1, after: 0, first: 1, last: 9 })
      .map(({ detail }) => detail);
    database.close();
    expect(plan.join()).toContain('SEARCH');
    expect(plan.join()).not.toMatch(/SCAN|TEMP B-TREE/);
  });
});
