import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PartRecord } from '../../contract/record.ts';
import { openDatabase } from './database.ts';
import { shareOut } from './reports.ts';
import { aRecord } from '../../../test/records/record.ts';
import { aFolder, aStore, arrivals } from '../../../test/records/store.ts';

const withReports = (count: number) => {
  const store = aStore();
  store.keep(arrivals(...Array.from({ length: count }, (_, index) => aRecord({ sequence: index + 1 }))), 0);
  return store;
};
const ids = (store: ReturnType<typeof aStore>, limit = 100): string[] => store.reports.next(limit).map(({ id }) => id);

describe('reports', () => {
  it('are offered oldest first, again and again, until they are acknowledged', () => {
    const store = withReports(12);
    expect(ids(store, 2)).toEqual(['test/lane-1/1', 'test/lane-1/2']);
    expect(ids(store, 2)).toEqual(['test/lane-1/1', 'test/lane-1/2']);
    store.reports.acknowledge(['test/lane-1/1', 'test/lane-1/2', 'test/lane-1/1']);
    expect(ids(store, 10).map((id) => id.split('/')[2])).toEqual(['3', '4', '5', '6', '7', '8', '9', '10', '11', '12']);
    expect(store.totals()).toMatchObject({ records: 12, unreported: 10, acknowledged: 2 });
  });

  it('carry the record', () => {
    const store = withReports(1);
    expect(JSON.parse(store.reports.next(1)[0]?.json ?? '')).toEqual(store.part({ lane: 'lane-1', sequence: 1 }));
  });

  it('wait for a part that is not past the gate, so that they tell how it ended and go in order', () => {
    const store = aStore();
    const gates = ['commanded', 'underway', 'commanded'] as const;
    store.keep(arrivals(...gates.map((gate, index) => aRecord({ sequence: index + 1, gate }))), 0);
    expect(ids(store)).toEqual(['test/lane-1/1']);
    const gateEnd = { lane: 'lane-1', sequence: 2, outcome: 'executed' } as const;
    expect(store.keep([{ gateEnd }, { gateEnd: { ...gateEnd, outcome: 'late' } }], 0).gateEnds).toHaveLength(2);
    expect(store.reports.next(10).map(({ json }) => (JSON.parse(json) as PartRecord).gate)).toEqual([
      ...(['commanded', 'executed', 'commanded'] as const),
    ]);
  });

  it('of two lanes take turns, each in the order of its sequence', () => {
    const store = withReports(4);
    store.keep(arrivals(...[1, 2, 3].map((sequence) => aRecord({ lane: 'lane-2', sequence }))), 0);
    expect(ids(store, 4)).toEqual(['test/lane-1/1', 'test/lane-1/2', 'test/lane-2/1', 'test/lane-2/2']);
    expect(ids(store, 100)).toHaveLength(7);
  });

  it.each([
    [[1000, 5], 200, [195, 5]],
    [[1000, 1000], 200, [100, 100]],
    [[0, 7, 0], 200, [0, 7, 0]],
    [[9, 9, 9], 4, [2, 1, 1]],
    [[], 4, []],
  ])('of lanes with %j waiting fill %i places: %j', (lengths, limit, shares) => {
    expect(shareOut(lengths, limit)).toEqual(shares);
  });

  it('that the MES refuses five times become dead letters and let the others pass (faults #47)', () => {
    const store = withReports(2);
    for (let time = 0; time < 4; time++) store.reports.refused('test/lane-1/1', 'unknown order');
    expect(ids(store)).toEqual(['test/lane-1/1', 'test/lane-1/2']);
    store.reports.refused('test/lane-1/1', 'unknown order');
    expect(ids(store)).toEqual(['test/lane-1/2']);
    expect(store.totals()).toMatchObject({ unreported: 1, acknowledged: 0, deadLetters: 1 });
  });

  it('whose record cannot be read become dead letters, and the others go on', () => {
    const file = join(aFolder(), 'records.sqlite');
    const store = aStore({ file });
    store.keep(arrivals(...[1, 2, 3].map((sequence) => aRecord({ sequence }))), 0);
    const damage = openDatabase(file);
    damage.exec("UPDATE records SET scores = x'010203' WHERE sequence < 3");
    damage.close();
    expect(store.reports.next(1).map(({ id }) => id)).toEqual(['test/lane-1/3']);
    expect(store.totals()).toMatchObject({ unreported: 1, deadLetters: 2 });
    expect(store.deadLetters.list()[0]?.why).toMatch(/cannot be read/);
  });

  it('say how many have left, and whether a refused one still waits', () => {
    const store = withReports(2);
    expect(store.reports.acknowledge(['test:lane-1:1', 'test/lane-1/9'])).toBe(0);
    expect(store.reports.acknowledge(['test/lane-1/1', 'test/lane-1/1'])).toBe(1);
    const refusals = Array.from({ length: 5 }, () => store.reports.refused('test/lane-1/2', 'no'));
    expect(refusals).toEqual([true, true, true, true, false]);
    expect(store.reports.refused('test/lane-1/9', 'no')).toBe(false);
  });

  it('do not fear an answer about what nobody asked', () => {
    const store = withReports(1);
    store.reports.acknowledge(['other/lane-1/1', 'test/nobody/1', 'nonsense', 'test/lane-1/99', '']);
    store.reports.refused('test/lane-1/99', 'unknown');
    expect(store.totals()).toMatchObject({ unreported: 1, acknowledged: 0, deadLetters: 0 });
  });
});
