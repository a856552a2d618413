import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aRecord } from '../../../test/records/record.ts';
import { aStore, arrivals } from '../../../test/records/store.ts';
import { CallRefused } from './errors.ts';
import { openPump } from './pump.ts';
import type { Mes, MesAnswer } from './session.ts';

type Answer = (ids: string[]) => MesAnswer;
const all: Answer = (ids) => ({ acknowledged: ids, refused: [] });
const badFor =
  (...poison: string[]): Answer =>
  (ids) => {
    if (ids.some((id) => poison.includes(id))) throw new CallRefused('The MES answered BadInternalError.');
    return all(ids);
  };
const refuseAll: Answer = (ids) => ({ acknowledged: [], refused: ids.map((id) => ({ id, why: 'wrong order known' })) });
const id = (sequence: number): string => `test/lane-1/${sequence}`;

/** A real outbox with `count` reports, and an MES that answers as the test says. */
const open = (count: number, first: Answer) => {
  const store = aStore();
  let kept = 0;
  const keep = (more: number): void => {
    const records = Array.from({ length: more }, () => aRecord({ sequence: ++kept }));
    store.keep(arrivals(...records), 0);
  };
  keep(count);
  const mes = { answer: first, calls: [] as string[][], troubles: [] as (string | null)[] };
  const report: Mes['report'] = async (reports) => {
    const ids = reports.map((each) => each.id);
    mes.calls.push(ids);
    return mes.answer(ids);
  };
  const pump = openPump({ source: store.reports, onTrouble: (why) => mes.troubles.push(why), monoMs: () => performance.now() });
  const seconds = (n: number): Promise<unknown> => vi.advanceTimersByTimeAsync(n * 1000);
  return { ...{ store, keep, mes, pump, seconds }, connect: () => pump.connect(report) };
};

describe('reports to an MES that does not take them', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('finds the one that ends every call, sets it aside after five tries, and delays the others little (faults #47)', async () => {
    const { store, mes, connect, seconds } = open(600, badFor(id(57), id(301)));
    connect();
    await seconds(9);
    expect(store.totals()).toMatchObject({ acknowledged: 598 });
    await seconds(9);
    expect(store.totals()).toMatchObject({ unreported: 0, acknowledged: 598, deadLetters: 2 });
    expect(mes.calls.filter((ids) => ids.length === 1 && ids[0] === id(57))).toHaveLength(5);
    expect(store.deadLetters.list()[0]?.why).toBe('The MES answered BadInternalError.');
    expect(mes.troubles.filter((why) => why !== null)).toEqual([]);
  });

  it('holds back all of them where it refuses all, says so, and goes on when it is well', async () => {
    for (const refuse of [refuseAll, (ids: string[]) => badFor(...ids)(ids)]) {
      const { store, keep, mes, connect, seconds } = open(600, refuse);
      connect();
      await seconds(9);
      expect(mes.troubles).toEqual([]);
      await seconds(3600);
      expect(store.totals()).toMatchObject({ unreported: 600, deadLetters: 0 });
      expect(mes.troubles.at(-1)).toMatch(/wrong order known|BadInternalError/);
      // Once in 8 s, and not thousands of reports a second.
      expect(mes.calls.length).toBeLessThan(500);
      mes.answer = all;
      keep(1);
      await seconds(60);
      expect(store.totals()).toMatchObject({ unreported: 0, acknowledged: 601, deadLetters: 0 });
      expect(mes.troubles.at(-1)).toBeNull();
    }
  });

  it('keeps the order where the MES was not well for a while: at most the one that showed that it is comes first', async () => {
    for (const sick of [3, 9.3, 21, 47, 100]) {
      const taken: number[] = [];
      const { store, mes, connect, seconds } = open(600, (ids) => badFor(...ids)(ids));
      connect();
      await seconds(sick);
      mes.answer = (ids) => {
        taken.push(...ids.map((each) => Number(each.split('/')[2])));
        return all(ids);
      };
      await seconds(30);
      expect(store.totals()).toMatchObject({ unreported: 0, deadLetters: 0 });
      expect(taken.filter((sequence, index) => sequence < (taken[index - 1] ?? 0)).length).toBeLessThanOrEqual(1);
      expect(mes.troubles.at(-1) ?? null).toBeNull();
    }
  });

  it('spreads five refusals beside others that are taken over 7.5 s', async () => {
    const { store, mes, connect, seconds } = open(50, (ids) => ({
      acknowledged: ids.filter((each) => each !== id(7)),
      refused: ids.includes(id(7)) ? [{ id: id(7), why: 'unknown order' }] : [],
    }));
    connect();
    await seconds(7);
    expect(store.totals()).toMatchObject({ acknowledged: 49, unreported: 1, deadLetters: 0 });
    await seconds(1);
    expect(store.totals()).toMatchObject({ unreported: 0, deadLetters: 1 });
    expect(mes.calls.filter((ids) => ids.includes(id(7)))).toHaveLength(5);
  });

  it('passes a refused one that was there first and alone, and neighbours of it', async () => {
    const { store, keep, connect, seconds } = open(1, badFor(id(1), id(2), id(3)));
    connect();
    await seconds(1);
    keep(10);
    await seconds(10);
    expect(store.totals().acknowledged).toBe(8);
    await seconds(10);
    expect(store.totals()).toMatchObject({ unreported: 0, deadLetters: 3 });
  });

  it('does not take what the MES claims for progress: ids in another form are asked about later and later', async () => {
    const other: Answer = (ids) => ({ acknowledged: ids.map((each) => each.replaceAll('/', ':')), refused: [] });
    const { store, mes, connect, seconds } = open(600, other);
    connect();
    await seconds(12);
    expect(mes.calls.length).toBeLessThan(20);
    expect(store.totals().unreported).toBe(600);
    expect(mes.troubles.at(-1)).toContain('test:lane-1:');
  });

  it('offers fewer, later, to one that gives no answer, and all of them where it has time for fewer', async () => {
    const slow: Answer = (ids) => {
      if (ids.length > 60) throw new Error('Transaction has timed out');
      return all(ids);
    };
    const { store, mes, connect, seconds } = open(300, slow);
    connect();
    await seconds(4);
    expect(mes.calls.map(({ length }) => length)).toEqual([200]);
    await seconds(20);
    expect(store.totals()).toMatchObject({ unreported: 0, deadLetters: 0 });
    expect(mes.calls.slice(0, 3).map(({ length }) => length)).toEqual([200, 100, 50]);
  });

  it('forgets a refused one that is gone from the outbox, and sleeps', async () => {
    const { store, mes, pump, connect, seconds } = open(1, refuseAll);
    connect();
    await seconds(2);
    store.reports.acknowledge([id(1)]);
    await seconds(60);
    const { length } = mes.calls;
    pump.wake();
    await seconds(60);
    expect(mes.calls).toHaveLength(length);
    expect(mes.troubles.at(-1) ?? null).toBeNull();
  });

  it('goes on with another that waits while a refused one is out of sight', async () => {
    const { store, keep, mes, connect, seconds } = open(1, refuseAll);
    connect();
    await seconds(0.1);
    keep(1);
    await seconds(1.2);
    const { next } = store.reports;
    // Both were refused; the first is due and not among those that wait, the second rests.
    store.reports.next = (limit) => next(limit).slice(1);
    await seconds(30);
    store.reports.next = next;
    mes.answer = all;
    await seconds(60);
    expect(store.totals()).toMatchObject({ unreported: 0, deadLetters: 0 });
  });

  it('takes no fault of our own disk for one of the MES', async () => {
    const { store, mes, pump, connect, seconds } = open(3, all);
    const { next } = store.reports;
    store.reports.next = () => {
      throw new Error('database is locked');
    };
    connect();
    await seconds(20);
    expect(mes.calls).toEqual([]);
    expect(mes.troubles).toEqual([]);
    store.reports.next = next;
    pump.wake();
    await seconds(31);
    expect(store.totals().unreported).toBe(0);
  });
});
