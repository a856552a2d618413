import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policy } from '../config/recipe.ts';
import { actionOn, decide, thresholdsOf, type VerdictRule, verdictRule } from './decide.ts';

const rule: VerdictRule = {
  labels: [
    { name: 'good', verdict: 'ok' },
    { name: 'missing', verdict: 'nok' },
    { name: 'cracked', verdict: 'nok' },
  ],
  thresholds: { ok: 0.9, nok: 0.7 },
  alone: [Infinity, Infinity, Infinity],
  frames: 'worst',
  leastFrames: 1,
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

  it('calls a part bad for a defect that reaches its own threshold, however good the rest is', () => {
    const strict = verdictRule(rule, { policy: policy.parse({ defects: { cracked: 0.04 } }) });
    expect(decide([0.95, 0.0, 0.05], strict)).toMatchObject({ kind: 'nok', reason: 'cracked' });
    expect(decide([0.95, 0.05, 0.0], strict)).toMatchObject({ kind: 'ok' });
  });
});

describe('verdictRule', () => {
  it('lets the recipe override one threshold and keeps the other', () => {
    expect(verdictRule(rule, { policy: policy.parse({ ok: 0.99 }) }).thresholds).toEqual({ ok: 0.99, nok: 0.7 });
  });

  it('puts costs above the model’s thresholds and the recipe’s own above both', () => {
    const costs = { escape: 99, falseReject: 1 };
    expect(verdictRule(rule, { policy: policy.parse({ costs }) }).thresholds).toEqual({ ok: 0.99, nok: 0.01 });
    expect(verdictRule(rule, { policy: policy.parse({ costs, nok: 0.5 }) }).thresholds).toEqual({ ok: 0.99, nok: 0.5 });
  });

  it.each(['good', 'bent'])('refuses a threshold for "%s", which is no defect of the model', (name) => {
    expect(() => verdictRule(rule, { policy: policy.parse({ defects: { [name]: 0.5 } }) })).toThrow(
      /no defect that its model knows/,
    );
  });

  it('always decides what costs least', () => {
    const cost = fc.double({ min: 0.01, max: 1000, noNaN: true });
    const parts = fc.record({ escape: cost, falseReject: cost, review: fc.option(cost, { nil: undefined }) });
    fc.assert(
      fc.property(parts, fc.double({ min: 0, max: 1, noNaN: true }), ({ escape, falseReject, review }, good) => {
        const costs = review === undefined ? { escape, falseReject } : { escape, falseReject, review };
        const thresholds = thresholdsOf(costs);
        const { kind } = decide([good, 1 - good, 0], { ...rule, thresholds });
        const price = { ok: (1 - good) * escape, nok: good * falseReject, unsure: review ?? Infinity, error: Infinity };
        expect(price[kind]).toBeLessThanOrEqual(Math.min(...Object.values(price)) * (1 + 1e-9) + 1e-9);
      }),
    );
  });
});

describe('actionOn', () => {
  it.each([
    ['ok', {}, false, false],
    ['nok', { unsure: 'pass', failSafe: 'pass-and-mark' }, true, false],
    ['unsure', { unsure: 'reject' }, true, false],
    ['unsure', { unsure: 'pass' }, false, false],
    ['unsure', { unsure: 'pass-and-mark' }, false, true],
    ['error', { failSafe: 'reject' }, true, false],
    ['error', { failSafe: 'stop' }, true, false],
    ['error', { failSafe: 'pass-and-mark' }, false, true],
  ] as const)('%s with %j', (kind, gate, reject, mark) => {
    expect(actionOn({ kind }, { unsure: 'reject', failSafe: 'reject', ...gate })).toEqual({ reject, mark });
  });
});
