import { describe, expect, it } from 'vitest';
import type { PartRecord } from '../../contract/record.ts';
import { emptyLedger, takeIn } from './ledger.ts';

const report = (lane: string, sequence: number): string =>
  JSON.stringify({
    ...{ station: 'S1', lane, sequence, partId: sequence, encoder: null, verdict: 'error', reason: 'no-frame', label: null },
    ...{ confidence: 0, scores: [], model: 'chips', modelVersion: '1.0.0', modelSha8: '01234567', provider: 'cpu' },
    ...{
      recipe: 'chips',
      order: null,
      lot: null,
      frameSequence: null,
      mark: false,
      reject: true,
      gate: 'acknowledged',
      challenge: null,
      decidedAtMs: 1,
      decidedMonoMs: 1,
    },
    ...{ verdictMs: null, gateAckMs: null },
  } satisfies PartRecord);

describe('what the MES takes in', () => {
  it('acknowledges a second copy and counts it once', () => {
    const ledger = emptyLedger();
    expect(takeIn(ledger, [report('a', 1), report('a', 2)]).acknowledged).toEqual(['S1/a/1', 'S1/a/2']);
    expect(takeIn(ledger, [report('a', 2), report('a', 3)]).acknowledged).toEqual(['S1/a/2', 'S1/a/3']);
    expect(ledger.counts).toMatchObject({ received: 3, duplicates: 1, refused: 0, outOfOrder: 0, lastSequence: { 'S1/a': 3 } });
  });

  it('counts what comes after a higher sequence of its lane as out of order', () => {
    const ledger = emptyLedger();
    takeIn(ledger, [report('a', 1), report('b', 1), report('a', 3), report('a', 2), report('b', 2)]);
    expect(ledger.counts).toMatchObject({ received: 5, outOfOrder: 1, lastSequence: { 'S1/a': 3, 'S1/b': 2 } });
  });

  it('refuses what it cannot read by its place, and poison by its id', () => {
    const ledger = emptyLedger();
    ledger.poison.add('S1/a/2');
    expect(takeIn(ledger, ['{', report('a', 1), '{"station":"S1"}', report('a', 2)])).toEqual({
      acknowledged: ['S1/a/1'],
      refused: ['#0: is not JSON', '#2: is no part record at "lane"', 'S1/a/2: refused by the knob'],
    });
    expect(ledger.counts).toMatchObject({ received: 1, refused: 3 });
  });
});
