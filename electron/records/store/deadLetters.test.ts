import { describe, expect, it } from 'vitest';
import type { Correction } from '../../contract/api.ts';
import { aRecord } from '../../../test/records/record.ts';
import { aStore, arrivals } from '../../../test/records/store.ts';

/** A store with two reports, the first of which the MES has refused for good. */
const withDeadLetter = () => {
  const store = aStore({ now: () => 7 });
  store.keep(arrivals(aRecord({ sequence: 1 }), aRecord({ sequence: 2 })), 0);
  for (let time = 0; time < 5; time++) store.reports.refused('test/lane-1/1', 'unknown order');
  return store;
};
const place = { lane: 'lane-1', sequence: 1 };

describe('dead letters', () => {
  it('are listed with the part and what the MES said', () => {
    expect(withDeadLetter().deadLetters.list()).toEqual([
      {
        station: 'test',
        ...place,
        partId: 1001,
        verdict: 'ok',
        why: 'unknown order',
        atMs: 7,
        order: null,
        lot: null,
        correction: {},
      },
    ]);
  });

  it('go again as a person corrected them, five refusals more, while the record stays as it was decided', () => {
    const store = withDeadLetter();
    expect(store.deadLetters.resend({ ...place, correction: { order: 'PO-1' }, by: 'quality' }, 9)).toBe(true);
    expect(store.deadLetters.list()).toEqual([]);
    expect(store.reports.next(9).map(({ id, json }) => [id, (JSON.parse(json) as { order: string }).order])).toEqual([
      ['test/lane-1/1', 'PO-1'],
      ['test/lane-1/2', null],
    ]);
    expect(store.part(place)?.order).toBeNull();
    expect(store.totals()).toMatchObject({ unreported: 2, deadLetters: 0 });
    expect(store.events.recent(['report-resent'], 0)).toMatchObject([
      { ...place, what: expect.stringContaining('quality') as string },
    ]);
    for (let time = 0; time < 5; time++) store.reports.refused('test/lane-1/1', 'still not');
    expect(store.deadLetters.list()).toMatchObject([{ why: 'still not', correction: { order: 'PO-1' } }]);
  });

  it('keep what was corrected before, name it in the journal, and take it back when a person says so', () => {
    const store = withDeadLetter();
    const again = (correction: Correction, by: string): void => {
      expect(store.deadLetters.resend({ ...place, correction, by }, 9)).toBe(true);
    };
    const sent = (): unknown => JSON.parse(store.reports.next(1)[0]?.json ?? '');
    const refuse = (): void => {
      for (let time = 0; time < 5; time++) store.reports.refused('test/lane-1/1', 'no');
    };
    again({ order: 'WRONG', lot: 'L-1' }, 'quality');
    refuse();
    again({}, 'operator');
    expect(sent()).toMatchObject({ order: 'WRONG', lot: 'L-1' });
    refuse();
    again({ order: 'PO-2' }, 'quality');
    expect(sent()).toMatchObject({ order: 'PO-2', lot: 'L-1' });
    refuse();
    again({ order: null, lot: null }, 'quality');
    expect(sent()).toMatchObject({ order: null, lot: null });
    refuse();
    expect(store.deadLetters.list()).toMatchObject([{ correction: {} }]);
    const said = store.events.recent(['report-resent'], 0).map(({ what }) => what);
    expect(said).toHaveLength(4);
    for (const words of ['(operator), corrected before: {"order":"WRONG"', 'instead of', 'was taken back'])
      expect(said.some((what) => what.includes(words))).toBe(true);
  });

  it('are sent again once, whoever else asks at the same time', () => {
    const store = withDeadLetter();
    const again = { ...place, correction: {}, by: 'operator' };
    expect([store.deadLetters.resend(again, 0), store.deadLetters.resend(again, 0)]).toEqual([true, false]);
    expect(store.deadLetters.resend({ ...again, lane: 'nobody' }, 0)).toBe(false);
    expect(store.totals().unreported).toBe(2);
  });
});
