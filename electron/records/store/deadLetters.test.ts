import { describe, expect, it } from 'vitest';
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
      { ...place, partId: 1001, verdict: 'ok', why: 'unknown order', atMs: 7, order: null, lot: null, correction: {} },
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

  it('are sent again once, whoever else asks at the same time', () => {
    const store = withDeadLetter();
    const again = { ...place, correction: {}, by: 'operator' };
    expect([store.deadLetters.resend(again, 0), store.deadLetters.resend(again, 0)]).toEqual([true, false]);
    expect(store.deadLetters.resend({ ...again, lane: 'nobody' }, 0)).toBe(false);
    expect(store.totals().unreported).toBe(2);
  });
});
