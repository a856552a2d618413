import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PartRecord } from '../../contract/record.ts';
import { aRecord } from '../../../test/records/record.ts';
import { aFolder, aStore, arrivals } from '../../../test/records/store.ts';

/** Records that wait for the MES, of a station that has got another name since. */
const aRenamed = (lanes: string[], last: Partial<PartRecord> = {}) => {
  const file = join(aFolder(), 'records.sqlite');
  const before = aStore({ file, station: 'before', lanes: ['lane-1'] });
  const sequences = [1, 2, 3];
  before.keep(
    arrivals(...sequences.map((sequence) => aRecord({ station: 'before', sequence, ...(sequence === 3 ? last : {}) }))),
    0,
  );
  before.close();
  return aStore({ file, lanes });
};
const ids = (store: ReturnType<typeof aStore>): string[] => store.reports.next(100).map(({ id }) => id);

describe('records of a former name of the station', () => {
  it.each([[['lane-1']], [['camera-a']]])('are reported under it, in order, and before those of lanes %j', (lanes) => {
    const store = aRenamed(lanes);
    store.keep(arrivals(aRecord({ lane: lanes[0] as string, sequence: 1 })), 0);
    expect(store.totals()).toMatchObject({ records: 4, unreported: 4, acknowledged: 0 });
    expect(ids(store)).toEqual(['before/lane-1/1', 'before/lane-1/2', 'before/lane-1/3', `test/${lanes[0]}/1`]);
    expect(JSON.parse(store.reports.next(100)[0]?.json ?? '')).toMatchObject({ station: 'before', lane: 'lane-1', sequence: 1 });
  });

  it('are done when the MES has them, or has refused them for good', () => {
    const store = aRenamed(['lane-1']);
    store.keep(arrivals(aRecord({ sequence: 1 })), 0);
    store.reports.acknowledge(['before/lane-1/1']);
    for (let time = 0; time < 5; time++) store.reports.refused('before/lane-1/2', 'unknown station');
    expect(ids(store)).toEqual(['before/lane-1/3', 'test/lane-1/1']);
    expect(store.totals()).toMatchObject({ unreported: 2, acknowledged: 1, deadLetters: 1 });
    const [letter] = store.deadLetters.list();
    expect(letter).toMatchObject({ station: 'before', lane: 'lane-1', sequence: 2 });
    const again = { lane: 'lane-1', sequence: 2, correction: {}, by: 'quality' };
    expect(store.deadLetters.resend(again, 0)).toBe(false);
    expect(store.deadLetters.resend({ ...again, station: 'before' }, 0)).toBe(true);
    expect(ids(store)).toEqual(['before/lane-1/2', 'before/lane-1/3', 'test/lane-1/1']);
  });

  it('give the new name no numbers, and wait until it is known how their gate commands ended', () => {
    const store = aRenamed(['lane-1'], { gate: 'underway' });
    expect(store.lastSequences()).toEqual({ 'lane-1': 0 });
    expect(ids(store)).toEqual(['before/lane-1/1', 'before/lane-1/2']);
    store.keep([{ newLine: true }], 0);
    expect(ids(store)).toHaveLength(3);
  });
});
