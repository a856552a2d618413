import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aRecord } from '../../../test/records/record.ts';
import { aStore, arrivals } from '../../../test/records/store.ts';

describe('keeping records', () => {
  it('gives back what was kept, to the bit', () => {
    const store = aStore();
    const full = aRecord({ sequence: 1, scores: [0.1, 0.2, 0.7].map(Math.fround), encoder: 4_294_967_295 });
    const bare = aRecord({
      sequence: 2,
      verdict: 'error',
      reason: 'no-frame',
      scores: [],
      encoder: null,
      label: null,
      provider: null,
    });
    const empty = { ...bare, sequence: 3, frameSequence: null, verdictMs: null, gateAckMs: null, gate: 'late' as const };
    store.keep(arrivals(full, bare, empty), 0);
    const marked = { ...bare, sequence: 4, mark: true };
    store.keep(arrivals(marked), 0);
    expect([1, 2, 3, 4].map((sequence) => store.part({ lane: 'lane-1', sequence }))).toEqual([full, bare, empty, marked]);
  });

  it('keeps record and report together, and neither when one record of the batch cannot be kept', () => {
    const store = aStore();
    const broken = { ...aRecord({ sequence: 3 }), partId: 'no number' as unknown as number };
    store.keep(arrivals(aRecord({ sequence: 1 })), 0);
    expect(() => store.keep(arrivals(aRecord({ sequence: 2 }), broken), 0)).toThrow(/cannot store TEXT/);
    expect(store.lastSequences()).toEqual({ 'lane-1': 1, 'lane-2': 0 });
    expect(store.part({ lane: 'lane-1', sequence: 2 })).toBeNull();
    expect(store.reports.next(10).map(({ id }) => id)).toEqual(['test/lane-1/1']);
    store.keep(arrivals(aRecord({ sequence: 2 })), 0);
    expect(store.totals()).toMatchObject({ records: 2, unreported: 2 });
  });

  it('ignores a second copy, and reports it once', () => {
    const store = aStore();
    const record = aRecord({ sequence: 1 });
    expect(store.keep(arrivals(record, record), 0)).toMatchObject({ records: 1, copies: 1, aside: 0 });
    expect(store.keep(arrivals(record), 0)).toMatchObject({ records: 0, copies: 1, aside: 0 });
    expect(store.totals()).toMatchObject({ records: 1, unreported: 1, setAside: 0 });
  });

  it('sets another part with the same id aside', () => {
    const store = aStore();
    store.keep(arrivals(aRecord({ sequence: 1, partId: 7 })), 0);
    expect(store.keep(arrivals(aRecord({ sequence: 1, partId: 8 })), 0)).toMatchObject({ records: 0, copies: 0, aside: 1 });
    expect(store.part({ lane: 'lane-1', sequence: 1 })?.partId).toBe(7);
    expect(store.totals()).toMatchObject({ records: 1, setAside: 1 });
  });

  it('counts what is no record into the sequence', () => {
    const store = aStore();
    store.keep(
      [{ lane: 'lane-1', sequence: 1, why: 'confidence: NaN', content: '{}' }, ...arrivals(aRecord({ sequence: 2 }))],
      0,
    );
    expect(store.lastSequences()['lane-1']).toBe(2);
    expect(store.recentGaps(0)).toEqual([]);
    expect(store.totals()).toMatchObject({ records: 1, setAside: 1 });
  });

  it('writes no report where there is no MES', () => {
    const store = aStore({ isReporting: false });
    store.keep(arrivals(aRecord()), 0);
    expect(store.totals()).toMatchObject({ records: 1, unreported: 0 });
    expect(store.reports.next(10)).toEqual([]);
  });
});

describe('a challenge that the PLC announced', () => {
  const noted = (store: ReturnType<typeof aStore>) =>
    store.events
      .recent(['challenge-good', 'challenge-bad'], 0)
      .map(({ kind, sequence }) => [kind, sequence])
      .toSorted(([, a], [, b]) => Number(a) - Number(b));

  it('is noted with its outcome when that is known, once', () => {
    const store = aStore();
    const bad = { challenge: 'bad', verdict: 'nok', reject: true } as const;
    const records = [
      aRecord({ sequence: 1, ...bad }),
      aRecord({ sequence: 2, ...bad, verdict: 'ok', reject: false }),
      aRecord({ sequence: 3, ...bad, gate: 'underway' }),
      aRecord({ sequence: 4, ...bad, gate: 'underway' }),
      aRecord({ sequence: 5 }),
    ];
    store.keep(arrivals(...records), 7);
    const atOnce = [
      ['challenge-good', 1],
      ['challenge-bad', 2],
    ];
    expect(noted(store)).toEqual(atOnce);
    const gateEnd = { lane: 'lane-1', sequence: 3, outcome: 'executed' } as const;
    store.keep([...arrivals(...records), { gateEnd }, { gateEnd }, { newLine: true }, { newLine: true }], 8);
    expect(noted(store)).toEqual([...atOnce, ['challenge-good', 3], ['challenge-bad', 4]]);
    expect(store.sinceChallenge({ lane: 'lane-1', limit: 9 }).challenge).toEqual({ sequence: 3, atMs: 8 });
  });
});

describe('gaps', () => {
  it('are recorded per lane, and narrowed by what comes late', () => {
    const store = aStore();
    store.keep(arrivals(aRecord({ sequence: 1 }), aRecord({ sequence: 6 }), aRecord({ sequence: 1, lane: 'lane-2' })), 500);
    expect(store.recentGaps(0)).toMatchObject([{ lane: 'lane-1', first: 2, last: 5, foundAtMs: 500 }]);
    store.keep(arrivals(aRecord({ sequence: 4 })), 600);
    expect(store.recentGaps(0)).toMatchObject([
      { first: 2, last: 3 },
      { first: 5, last: 5 },
    ]);
    expect(store.lastSequences()['lane-1']).toBe(6);
    expect(store.recentGaps(501)).toEqual([]);
  });

  it('and records together are the whole sequence, in whatever order and groups it comes', () => {
    const orders = fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 }), { maxLength: 8 });
    fc.assert(
      fc.property(orders, (groups) => {
        const store = aStore();
        for (const group of groups) store.keep(arrivals(...group.map((sequence) => aRecord({ sequence }))), 0);
        const seen = new Set(groups.flat());
        const last = Math.max(0, ...seen);
        const missing = store
          .recentGaps(0)
          .flatMap((gap) => Array.from({ length: gap.last - gap.first + 1 }, (_, i) => gap.first + i));
        expect(new Set([...seen, ...missing]).size).toBe(seen.size + missing.length);
        expect(seen.size + missing.length).toBe(last);
        expect(store.totals()).toMatchObject({ records: seen.size, unreported: seen.size });
      }),
      { numRuns: 30 },
    );
  });
});
