import { describe, expect, it } from 'vitest';
import { aRecord } from '../../../test/records/record.ts';
import { aStore, arrivals } from '../../../test/records/store.ts';

const minuteMs = 60_000;
const noonMs = Date.UTC(2026, 10, 20, 12);

const withProduction = () => {
  const store = aStore();
  const made = [
    { verdict: 'ok', reason: 'good', decidedAtMs: noonMs - 90 * minuteMs },
    { verdict: 'nok', reason: 'missing', decidedAtMs: noonMs - 90 * minuteMs },
    { verdict: 'ok', reason: 'good', decidedAtMs: noonMs - minuteMs },
    { verdict: 'nok', reason: 'cracked', decidedAtMs: noonMs - 1 },
    { verdict: 'nok', reason: 'cracked', decidedAtMs: noonMs },
    { verdict: 'nok', reason: 'missing', decidedAtMs: noonMs },
    { verdict: 'unsure', reason: 'low-confidence', decidedAtMs: noonMs + 5 },
    { verdict: 'error', reason: 'blurred', decidedAtMs: noonMs + 6 },
  ] as const;
  store.keep(arrivals(...made.map((each, index) => aRecord({ ...each, sequence: index + 1 }))), 0);
  return store;
};

describe('trend', () => {
  it('counts each minute, the empty ones too, oldest first', () => {
    const points = withProduction().production.trend({ lane: 'lane-1', minutes: 3 }, noonMs + 30_000);
    expect(points).toEqual([
      { minuteMs: noonMs - 2 * minuteMs, ok: 0, nok: 0, unsure: 0, error: 0 },
      { minuteMs: noonMs - minuteMs, ok: 1, nok: 1, unsure: 0, error: 0 },
      { minuteMs: noonMs, ok: 0, nok: 2, unsure: 1, error: 1 },
    ]);
  });

  it('is empty, not wrong, for a lane that is none', () => {
    expect(withProduction().production.trend({ lane: 'nobody', minutes: 1 }, noonMs)).toEqual([
      { minuteMs: noonMs, ok: 0, nok: 0, unsure: 0, error: 0 },
    ]);
  });
});

describe('what was made', () => {
  const lane = 'lane-1';
  const day = { lane, fromMs: noonMs - 12 * 60 * minuteMs, toMs: noonMs + 12 * 60 * minuteMs };
  const withOrders = () => {
    const store = aStore();
    const made = [
      { order: 'PO-1', verdict: 'ok', decidedAtMs: noonMs },
      { order: 'PO-1', verdict: 'nok', reason: 'missing', decidedAtMs: noonMs + 1 },
      { order: 'PO-1', verdict: 'nok', reason: 'cracked', decidedAtMs: noonMs + 90 * minuteMs, modelVersion: '2.0.0' },
      { order: 'PO-2', verdict: 'nok', reason: 'cracked', decidedAtMs: noonMs + 91 * minuteMs, modelVersion: '2.0.0' },
      { order: null, verdict: 'ok', decidedAtMs: noonMs + 92 * minuteMs, modelVersion: '2.0.0' },
    ] as const;
    store.keep(arrivals(...made.map((each, index) => aRecord({ ...each, sequence: index + 1 }))), 0);
    return store.production;
  };
  const none = { ok: 0, nok: 0, unsure: 0, error: 0 };

  it('is counted by order, by model and by recipe, all conditions together', () => {
    const { counts, defects, production } = withOrders();
    expect(counts(day)).toEqual({ ...none, ok: 2, nok: 3 });
    expect(counts({ ...day, order: 'PO-1' })).toEqual({ ...none, ok: 1, nok: 2 });
    expect(counts({ ...day, order: 'PO-1', modelVersion: '2.0.0' })).toEqual({ ...none, nok: 1 });
    expect(counts({ ...day, model: 'parts', recipe: 'another' })).toEqual(none);
    expect(counts({ ...day, toMs: noonMs + minuteMs, order: 'PO-1' })).toEqual({ ...none, ok: 1, nok: 1 });
    expect(defects({ ...day, order: 'PO-2' })).toEqual([{ reason: 'cracked', count: 1 }]);
    expect(production({ ...day, span: 'day', order: 'PO-2' })).toEqual([{ ...none, nok: 1, fromMs: day.fromMs }]);
  });

  it('is shared out among orders and among versions of models, the most first', () => {
    const { shares } = withOrders();
    const nobody = { order: null, model: null, modelVersion: null };
    expect(shares({ ...day, by: 'order' })).toEqual([
      { ...nobody, order: 'PO-1', counts: { ...none, ok: 1, nok: 2 } },
      { ...nobody, order: 'PO-2', counts: { ...none, nok: 1 } },
      { ...nobody, counts: { ...none, ok: 1 } },
    ]);
    expect(shares({ ...day, by: 'model' }).map(({ modelVersion, counts }) => [modelVersion, counts.ok + counts.nok])).toEqual([
      ['2.0.0', 3],
      ['1.0.0', 2],
    ]);
  });
});

describe('pareto', () => {
  it('counts defects only, most frequent first, within the hours', () => {
    const store = withProduction();
    expect(store.production.pareto({ lane: 'lane-1', hours: 1 }, noonMs + 10)).toEqual([
      { reason: 'cracked', count: 2 },
      { reason: 'missing', count: 1 },
    ]);
    expect(store.production.pareto({ lane: 'lane-1', hours: 2 }, noonMs + 10)).toEqual([
      { reason: 'cracked', count: 2 },
      { reason: 'missing', count: 2 },
    ]);
  });

  it('of any length is what its minutes add up to', () => {
    const store = aStore();
    const times = Array.from({ length: 60 }, (_, index) => noonMs - index * 7 * minuteMs);
    store.keep(
      arrivals(
        ...times.map((decidedAtMs, index) => aRecord({ sequence: index + 1, verdict: 'nok', reason: 'missing', decidedAtMs })),
      ),
      0,
    );
    for (const hours of [1, 2, 3, 5])
      for (const nowMs of [noonMs, noonMs + minuteMs, noonMs + 59 * minuteMs]) {
        const inWindow = times.filter((atMs) => atMs >= nowMs - hours * 60 * minuteMs).length;
        expect(store.production.pareto({ lane: 'lane-1', hours }, nowMs)).toEqual(
          inWindow === 0 ? [] : [{ reason: 'missing', count: inWindow }],
        );
      }
  });
});

describe('recent parts', () => {
  it('are the newest of the wanted verdicts, with their pictures', () => {
    const store = withProduction();
    const [lane1] = store.pictures.lanes();
    const { laneId = 0, folder = '' } = lane1 ?? {};
    store.pictures.add([{ laneId, folder, sequence: 5, verdict: 'nok', decidedAtMs: noonMs, bytes: 10, format: 'jpg' }]);
    const parts = store.parts({ lane: 'lane-1', verdicts: ['nok', 'unsure', 'nok'], limit: 3 }).parts;
    expect(parts.map(({ sequence, verdict, hasPicture }) => [sequence, verdict, hasPicture])).toEqual([
      [7, 'unsure', false],
      [6, 'nok', false],
      [5, 'nok', true],
    ]);
    expect(parts[0]).toMatchObject({ lane: 'lane-1', partId: 1007, reason: 'low-confidence', reject: false });
  });
});
