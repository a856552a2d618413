import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aRecord } from '../../../test/records/record.ts';
import { aFolder, aStore, arrivals } from '../../../test/records/store.ts';
import type { PartsQuery } from '../../contract/api.ts';
import type { PartRecord } from '../../contract/record.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { walkSql } from './parts.ts';

const minuteMs = 60_000;
const noonMs = Date.UTC(2026, 10, 20, 12);
const kinds = [
  { verdict: 'ok', reason: 'good' },
  { verdict: 'nok', reason: 'missing' },
  { verdict: 'nok', reason: 'cracked' },
  { verdict: 'unsure', reason: 'low-confidence' },
] as const;

/** Four hundred parts in 40 minutes, two models in turn; the clock goes back a quarter of an hour in the middle. */
const parts: PartRecord[] = Array.from({ length: 400 }, (_, index) =>
  aRecord({
    ...(kinds[(index * 7) % 11] ?? kinds[0]),
    sequence: index + 1,
    model: Math.floor(index / 60) % 2 === 0 ? 'parts' : 'others',
    decidedAtMs: noonMs + index * 6000 - (index > 200 ? 15 * minuteMs : 0),
  }),
);

const isAsked = (part: PartRecord, query: Partial<PartsQuery>): boolean =>
  (query.fromMs === undefined || part.decidedAtMs >= query.fromMs) &&
  (query.toMs === undefined || part.decidedAtMs < query.toMs) &&
  (query.model === undefined || part.model === query.model) &&
  (query.after === undefined || part.sequence > query.after) &&
  (query.classes === undefined ? (query.verdicts?.includes(part.verdict) ?? true) : query.classes.includes(part.reason));

const anyQuery: fc.Arbitrary<Partial<PartsQuery>> = fc.record(
  {
    fromMs: fc.integer({ min: noonMs - 20 * minuteMs, max: noonMs + 50 * minuteMs }),
    toMs: fc.integer({ min: noonMs - 20 * minuteMs, max: noonMs + 50 * minuteMs }),
    verdicts: fc.uniqueArray(fc.constantFrom('ok' as const, 'nok' as const, 'unsure' as const), { minLength: 1 }),
    classes: fc.uniqueArray(fc.constantFrom('missing', 'cracked', 'low-confidence'), { minLength: 1 }),
    model: fc.constantFrom('parts', 'others', 'nobody'),
    after: fc.integer({ min: 0, max: 400 }),
  },
  { requiredKeys: [] },
);

describe('parts', () => {
  it('are those that are asked for, newest first, each once over all pages', () => {
    const store = aStore();
    for (let at = 0; at < parts.length; at += 50) store.keep(arrivals(...parts.slice(at, at + 50)), 0);
    fc.assert(
      fc.property(anyQuery, fc.integer({ min: 1, max: 60 }), (query, limit) => {
        const found: number[] = [];
        let before: number | undefined;
        for (;;) {
          const page = store.parts({ ...query, lane: 'lane-1', limit, before });
          found.push(...page.parts.map(({ sequence }) => sequence));
          if (page.next === null) break;
          before = page.next;
        }
        expect(found).toEqual(
          parts
            .filter((part) => isAsked(part, query))
            .map(({ sequence }) => sequence)
            .toReversed(),
        );
      }),
    );
  });

  it.each([
    ['all', 'SEARCH r USING PRIMARY KEY (lane_id=? AND sequence>? AND sequence<?)'],
    ['verdict', 'SEARCH r USING INDEX records_by_verdict (lane_id=? AND verdict=? AND sequence>? AND sequence<?)'],
    ['class', 'SEARCH r USING INDEX records_by_class (lane_id=? AND reason=? AND sequence>? AND sequence<?)'],
  ] as const)('asked for by %s walk one index and sort nothing', (by, expected) => {
    const database = openDatabase(join(aFolder(), 'some.sqlite'));
    migrate(database);
    const plan = database
      .prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${walkSql(by)}`)
      .all({ laneId: 1, key: 'x', first: 1, last: 9, fromMs: 0, toMs: 9, limit: 5 })
      .map(({ detail }) => detail);
    database.close();
    expect(plan[0]).toBe(expected);
    expect(plan.join()).not.toContain('TEMP B-TREE');
  });

  it('that come late are found by their time and their model', () => {
    const store = aStore();
    const at = (sequence: number, minutes: number, model: string): PartRecord =>
      aRecord({ sequence, model, decidedAtMs: noonMs + minutes * minuteMs });
    store.keep(arrivals(at(1, 0, 'a'), at(5, 0, 'a'), at(9, 1, 'a')), 0);
    store.keep(arrivals(at(3, 7, 'b')), 0);
    const of = (query: Partial<PartsQuery>): number[] =>
      store.parts({ ...query, lane: 'lane-1', limit: 9 }).parts.map(({ sequence }) => sequence);
    expect(of({ fromMs: noonMs + 7 * minuteMs })).toEqual([3]);
    expect(of({ model: 'b' })).toEqual([3]);
    expect(of({ model: 'a' })).toEqual([9, 5, 1]);
    expect(of({ toMs: noonMs + minuteMs })).toEqual([5, 1]);
  });
});

describe('since the last challenge that went well', () => {
  it('what was decided is counted, and since the first record without one', () => {
    const store = aStore();
    store.keep(arrivals(...parts.slice(0, 100)), 0);
    const since = () => store.sinceChallenge({ lane: 'lane-1', limit: 7 });
    expect(since().challenge).toBeNull();
    expect(since().counts).toEqual(countsOf(parts.slice(0, 100)));
    const challenge = (sequence: number, passed: boolean): boolean =>
      store.noteChallenge({ lane: 'lane-1', sequence, passed, by: 'operator' }, sequence);
    expect([challenge(40, true), challenge(90, false), challenge(9999, true)]).toEqual([true, true, false]);
    expect(since()).toMatchObject({ challenge: { sequence: 40, atMs: 40 }, counts: countsOf(parts.slice(40, 100)) });
    // What is said last of a part counts.
    challenge(60, true);
    expect(since().challenge?.sequence).toBe(60);
    challenge(60, false);
    expect(since().challenge?.sequence).toBe(40);
  });

  it('the parts come a page at a time, all of them and none twice', () => {
    const store = aStore();
    store.keep(arrivals(...parts.slice(0, 100)), 0);
    store.noteChallenge({ lane: 'lane-1', sequence: 40, passed: true, by: 'operator' }, 0);
    const verdicts: PartRecord['verdict'][] = ['nok', 'unsure'];
    const paged: number[] = [];
    for (let before: number | null = 101; before !== null; ) {
      const page = store.sinceChallenge({ lane: 'lane-1', verdicts, limit: 7, before });
      expect(page.parts.length).toBeLessThanOrEqual(7);
      paged.push(...page.parts.map(({ sequence }) => sequence));
      before = page.next;
    }
    const wanted = parts.slice(40, 100).filter(({ verdict }) => verdicts.includes(verdict));
    expect(paged.toReversed()).toEqual(wanted.map(({ sequence }) => sequence));
  });

  it('the count is right however many parts came, in whatever block of the sequence', () => {
    const store = aStore();
    const many = Array.from({ length: 9000 }, (_, index) => aRecord({ sequence: index + 1, ...kinds[index % kinds.length] }));
    store.keep(arrivals(...many), 0);
    for (const sequence of [1, 4095, 4096, 4097, 8191, 8192, 8999, 9000]) {
      store.noteChallenge({ lane: 'lane-1', sequence, passed: true, by: 'operator' }, 0);
      expect(store.sinceChallenge({ lane: 'lane-1', limit: 1 }).counts).toEqual(countsOf(many.slice(sequence)));
    }
  });
});

const countsOf = (some: readonly PartRecord[]): Record<string, number> => {
  const counts: Record<string, number> = { ok: 0, nok: 0, unsure: 0, error: 0 };
  for (const { verdict } of some) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
};
