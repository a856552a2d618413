import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, rejects, type VerdictRule, verdictRule } from './decide.ts';

const rule: VerdictRule = {
  labels: [
    { name: 'good', verdict: 'ok' },
    { name: 'missing', verdict: 'nok' },
    { name: 'cracked', verdict: 'nok' },
  ],
  thresholds: { ok: 0.9, nok: 0.7 },
};

describe('decide', () => {
  it('passes a part that is surely good', () => {
    expect(decide([0.95, 0.03, 0.02], rule)).toEqual({ kind: 'ok', reason: 'good', label: 'good', confidence: 0.95 });
  });

  it('names the most probable defect, with the probability of any defect', () => {
    const verdict = decide([0.1, 0.35, 0.55], rule);
    expect(verdict).toMatchObject({ kind: 'nok', reason: 'cracked', label: 'cracked' });
    expect(verdict.confidence).toBeCloseTo(0.9);
  });

  it('does not guess between the thresholds', () => {
    expect(decide([0.8, 0.1, 0.1], rule)).toMatchObject({ kind: 'unsure', reason: 'low-confidence', label: 'good' });
    expect(decide([0.4, 0.3, 0.3], rule)).toMatchObject({ kind: 'unsure' });
  });

  it.each([[[Number.NaN, 0.5, 0.5]], [[Number.POSITIVE_INFINITY, 0, 0]], [[0.5, 0.1, 0.1]], [[1.5, -0.5, 0]], [[1, 0]], [[]]])(
    'calls scores that are no probabilities a model fault: %j',
    (scores) => {
      expect(decide(scores, rule)).toEqual({ kind: 'error', reason: 'model-fault', label: null, confidence: 0 });
    },
  );

  const probabilities = fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
    .filter((raw) => raw.reduce((sum, each) => sum + each, 0) > 0.01)
    .map((raw) => raw.map((each) => each / raw.reduce((sum, value) => sum + value, 0)));

  it('never passes a part below the threshold, and never rejects one below the other', () => {
    fc.assert(
      fc.property(probabilities, (scores) => {
        const { kind } = decide(scores, rule);
        const good = scores[0] ?? 0;
        if (kind === 'ok') expect(good).toBeGreaterThanOrEqual(rule.thresholds.ok);
        if (kind === 'nok') expect(1 - good).toBeGreaterThanOrEqual(rule.thresholds.nok - 1e-9);
        expect(kind).not.toBe('error');
      }),
    );
  });

  it('lets the recipe override one threshold and keeps the other', () => {
    expect(verdictRule(rule, { thresholds: { ok: 0.99 } }).thresholds).toEqual({ ok: 0.99, nok: 0.7 });
  });
});

describe('rejects', () => {
  const gate = { distanceCounts: 1, actuatorMs: 0, unsure: 'reject', failSafe: 'reject' } as const;
  const verdict = (kind: 'ok' | 'nok' | 'unsure' | 'error') => ({ kind, reason: '', label: null, confidence: 0 });

  it('rejects bad parts always and good ones never', () => {
    expect(rejects(verdict('nok'), { ...gate, unsure: 'pass', failSafe: 'pass-and-mark' })).toBe(true);
    expect(rejects(verdict('ok'), gate)).toBe(false);
  });

  it('follows the recipe for what is unsure and for what was not inspected', () => {
    expect(rejects(verdict('unsure'), gate)).toBe(true);
    expect(rejects(verdict('unsure'), { ...gate, unsure: 'pass' })).toBe(false);
    expect(rejects(verdict('error'), { ...gate, failSafe: 'stop' })).toBe(true);
    expect(rejects(verdict('error'), { ...gate, failSafe: 'pass-and-mark' })).toBe(false);
  });
});
