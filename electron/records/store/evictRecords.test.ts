import { describe, expect, it } from 'vitest';
import { aRecord } from '../../../test/records/record.ts';
import { aStore, arrivals } from '../../../test/records/store.ts';
import { evictAbove } from './quota.ts';

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
});
