import { describe, expect, it } from 'vitest';
import type { JobCommand } from '../../contract/job.ts';
import { aRecord } from '../../../test/records/record.ts';
import { aFolder, aStore, arrivals } from '../../../test/records/store.ts';
import { join } from 'node:path';
import { openStore } from './store.ts';

const store_ = (number: number, order: string): JobCommand => ({
  ...{ command: 'store', number, order, lot: `lot of ${order}`, product: 'chips', quantity: 100 },
});
const run = (number: number, command: 'start' | 'stop' | 'abort', order: string): JobCommand => ({ command, number, order });

describe('job orders', () => {
  it('give their name and lot to the records of their time, and count them', () => {
    const store = aStore();
    store.keep(arrivals(aRecord({ sequence: 1 })), 0);
    expect(store.jobs.apply(store_(1, 'A'), 10)).toBe('done');
    expect(store.jobs.apply(run(2, 'start', 'A'), 11)).toBe('done');
    store.keep(arrivals(aRecord({ sequence: 2 }), aRecord({ sequence: 3, verdict: 'nok', reason: 'cracked' })), 0);
    // A second copy, after the order has ended, counts for nobody.
    expect(store.jobs.apply(run(3, 'stop', 'A'), 12)).toBe('done');
    store.keep(arrivals(aRecord({ sequence: 3, verdict: 'nok', reason: 'cracked' }), aRecord({ sequence: 4 })), 0);
    const orders = [1, 2, 3, 4].map((sequence) => store.part({ lane: 'lane-1', sequence })?.order);
    expect(orders).toEqual([null, 'A', 'A', null]);
    expect(JSON.parse(store.reports.next(4)[1]?.json ?? '')).toMatchObject({ order: 'A', lot: 'lot of A' });
    const counts = { ok: 1, nok: 1, unsure: 0, error: 0 };
    expect(store.jobs.toTell()).toMatchObject([{ order: 'A', state: 'ended', counts, startedAtMs: 11, endedAtMs: 12 }]);
  });

  it('answer a second copy of a command as the first, and do it once', () => {
    const store = aStore();
    expect(store.jobs.apply(store_(1, 'A'), 0)).toBe('done');
    expect(store.jobs.apply(store_(1, 'A'), 0)).toBe('done');
    expect(store.jobs.apply(store_(2, 'A'), 0)).toBe('known-already');
    expect(store.jobs.apply(run(3, 'stop', 'B'), 0)).toBe('unknown-order');
  });

  it('take a number that was given before for a new command when it is another: the MES counts anew', () => {
    const store = aStore();
    expect(store.jobs.apply(store_(1, 'A'), 0)).toBe('done');
    expect(store.jobs.apply(run(2, 'start', 'A'), 0)).toBe('done');
    expect(store.jobs.apply(store_(1, 'B'), 0)).toBe('done');
    expect(store.jobs.apply(store_(1, 'B'), 0)).toBe('done');
    expect(store.jobs.apply(run(2, 'stop', 'A'), 0)).toBe('done');
    expect(store.jobs.apply(run(3, 'start', 'B'), 0)).toBe('done');
    expect(store.jobs.current()).toMatchObject({ order: 'B', state: 'running' });
  });

  it('survive a restart, and are told until the MES has heard of their end', () => {
    const options = { file: join(aFolder(), 'r.sqlite'), station: 'test', lanes: ['lane-1'], isReporting: true, now: () => 0 };
    const before = openStore(options);
    before.jobs.apply(store_(1, 'A'), 0);
    before.jobs.apply(run(2, 'start', 'A'), 0);
    before.close();
    const store = openStore(options);
    store.keep(arrivals(aRecord()), 0);
    expect(store.jobs.current()).toMatchObject({ order: 'A', state: 'running', counts: { ok: 1 } });
    store.jobs.told(store.jobs.toTell());
    expect(store.jobs.toTell()).toHaveLength(1);
    store.jobs.apply(run(3, 'abort', 'A'), 0);
    const last = store.jobs.toTell();
    expect(last).toMatchObject([{ state: 'aborted' }]);
    store.jobs.told(last);
    expect(store.jobs.toTell()).toEqual([]);
    store.close();
  });
});
