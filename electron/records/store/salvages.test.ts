import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFile, many, open, overwrite, reopened } from '../../../test/records/file.ts';
import { aRecord } from '../../../test/records/record.ts';
import { aFolder, arrivals } from '../../../test/records/store.ts';
import { openFile, pageBytes } from './database.ts';
import type { Store } from './store.ts';

const damage = 'found by a check';
/** As numbers go on after a loss. */
const next = (store: Store): number => (store.lastSequences()['lane-1'] ?? 0) + 1;

/** Overwrites the first page of a table. */
const overwriteTable = (file: string, table: string): void => {
  const database = openFile(file, 0);
  const page = Number(database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table));
  database.close();
  overwrite(file, (page - 1) * pageBytes, page * pageBytes);
};

const acknowledgeAll = (store: Store): number => {
  const reports = store.reports.next(10_000);
  store.reports.acknowledge(reports.map(({ id }) => id));
  return reports.length;
};

describe('damaged files', () => {
  it('of which the second came before the first was taken over are both taken over, and nothing is reported twice', () => {
    const file = aFile();
    const first = open(file, { damage });
    first.salvage();
    const after = next(first);
    first.keep(arrivals(aRecord({ sequence: after })), 0);
    first.close();
    const second = reopened(file, { damage });
    expect(second.totals()).toMatchObject({ records: many + 1, unreported: many + 1 });
    expect(acknowledgeAll(second)).toBe(many + 1);
    second.close();
    const third = reopened(file);
    expect(third.totals()).toMatchObject({ records: many + 1, unreported: 0, acknowledged: many + 1 });
    expect(third.reports.next(1)).toEqual([]);
    expect(third.part({ lane: 'lane-1', sequence: after })).not.toBeNull();
  });

  it('give their reports in order: none of a new record goes before those that are still to come', () => {
    const file = aFile();
    const store = open(file, { damage });
    const after = next(store);
    store.keep(arrivals(aRecord({ sequence: after })), 0);
    const offered: string[] = [];
    for (let isBusy = true; isBusy; ) {
      isBusy = store.salvage();
      const ids = store.reports.next(200).map(({ id }) => id);
      offered.push(...ids);
      store.reports.acknowledge(ids);
    }
    while (offered.length <= many) {
      const ids = store.reports.next(200).map(({ id }) => id);
      offered.push(...ids);
      store.reports.acknowledge(ids);
    }
    store.close();
    const inOrder = [...Array.from({ length: many }, (_, index) => index + 1), after];
    expect(offered).toEqual(inOrder.map((sequence) => `test/lane-1/${sequence}`));
  });

  it('whose set-ups are lost do not have them decided by what decides now', () => {
    const file = aFile();
    overwriteTable(file, 'setups');
    const store = open(file);
    store.keep(arrivals(aRecord({ sequence: next(store), model: 'another', order: 'another' })), 0);
    while (store.salvage());
    const part = store.part({ lane: 'lane-1', sequence: 5 });
    store.close();
    expect([part?.model, part?.order]).toEqual(['lost', null]);
  });

  it('whose lanes are lost keep each record in its own', () => {
    const lanes = ['lane-1', 'lane-2'];
    const file = aFile();
    const before = open(file, { lanes });
    before.keep(arrivals(aRecord({ lane: 'lane-2', sequence: 1, model: 'of lane 2' })), 0);
    before.close();
    overwriteTable(file, 'lanes');
    const store = reopened(file, { lanes: lanes.toReversed() });
    expect(store.part({ lane: 'lane-2', sequence: 1 })?.model).toBe('of lane 2');
    expect(store.part({ lane: 'lane-2', sequence: 2 })).toBeNull();
    expect(store.part({ lane: 'lane-1', sequence: many })).not.toBeNull();
  });

  it('tell how many bad parts are lost, also where good ones had left', () => {
    const file = join(aFolder(), 'records.sqlite');
    const store = open(file);
    const made = Array.from({ length: many }, (_, index) => index + 1);
    store.keep(arrivals(...made.map((sequence) => aRecord({ sequence, verdict: sequence % 10 === 0 ? 'nok' : 'ok' }))), 0);
    acknowledgeAll(store);
    store.limit(1);
    store.eviction.step();
    store.close();
    const database = openFile(file, 0);
    const { changes } = database.prepare("DELETE FROM records WHERE verdict = 'nok' AND sequence < 1500").run();
    database.close();
    expect(changes).toBe(149);
    const told = reopened(file, { damage }).events.recent(['damaged'], 0);
    expect(told.map(({ what }) => what).join()).toContain('not ok, 149 were lost');
  });
});
