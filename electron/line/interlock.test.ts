import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recipe } from '../config/recipe.ts';
import { errorVerdict } from './decide.ts';
import { forgetCounts, noInterlocks, onDecided } from './interlock.ts';

const ruleWith = (interlocks: object, failSafe = 'reject') =>
  recipe.parse({
    ...{ format: 2, name: 'a', product: 'A', model: '.' },
    gate: { distanceCounts: 1, actuatorMs: 0, failSafe },
    interlocks,
  });
const part = (reject: boolean) => ({
  verdict: { kind: reject ? ('nok' as const) : ('ok' as const), reason: '', label: null, confidence: 1 },
  action: { reject },
  frame: {},
});

describe('interlocks', () => {
  it('trip at the n-th reject in a row, once, and again after a reset', () => {
    const rule = ruleWith({ consecutive: { rejects: 3, does: 'stop' } });
    const state = noInterlocks();
    const trips = [true, true, false, true, true, true, true].map((reject) => onDecided(state, part(reject), rule, 5).length);
    expect(trips).toEqual([0, 0, 0, 0, 0, 1, 0]);
    expect(state.latched).toEqual([
      { kind: 'consecutive-rejects', rejects: 3, does: 'stop', what: '3 parts in a row were rejected.', atMs: 5 },
    ]);
    Object.assign(state, noInterlocks());
    expect([true, true, true].map((reject) => onDecided(state, part(reject), rule, 6).length)).toEqual([0, 0, 1]);
  });

  it('trip on a share of the last parts exactly when it is passed, whatever came before', () => {
    const rule = ruleWith({ rate: { share: 0.3, parts: 10 } });
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (rejects) => {
        const state = noInterlocks();
        const expected = rejects.findIndex(
          (_, last) => last >= 9 && rejects.slice(last - 9, last + 1).filter(Boolean).length > 3,
        );
        const tripped = rejects.findIndex((reject) => onDecided(state, part(reject), rule, 0).length > 0);
        expect(tripped).toBe(expected);
      }),
    );
  });

  it('count nothing before the camera has shown its first frame', () => {
    const rule = ruleWith({ consecutive: { rejects: 3, does: 'stop' }, rate: { share: 0.1, parts: 10 } });
    const state = noInterlocks();
    const unseen = { verdict: errorVerdict('camera-lost'), action: { reject: true }, frame: null };
    for (let i = 0; i < 100; i++) onDecided(state, unseen, rule, 0);
    expect(state.latched).toEqual([]);
    for (let i = 0; i < 2; i++) onDecided(state, part(true), rule, 0);
    expect(state.latched).toEqual([]);
    onDecided(state, part(true), rule, 0);
    expect(state.latched).toMatchObject([{ kind: 'consecutive-rejects', rejects: 3 }]);
  });

  it('say nothing when the recipe asks for none', () => {
    const state = noInterlocks();
    for (let i = 0; i < 1000; i++) onDecided(state, part(true), ruleWith({}), 0);
    expect(state.latched).toEqual([]);
  });

  it('stop the belt for a part without a verdict where that is the fail-safe', () => {
    const state = noInterlocks();
    const lost = { verdict: errorVerdict('camera-lost'), action: { reject: true }, frame: null };
    onDecided(state, lost, ruleWith({}), 0);
    expect(state.latched).toEqual([]);
    onDecided(state, lost, ruleWith({}, 'stop'), 0);
    expect(state.latched).toMatchObject([{ kind: 'fail-safe-stop', does: 'stop' }]);
  });

  it('keep what has tripped and forget what was counted when the recipe changes', () => {
    const rule = ruleWith({ consecutive: { rejects: 2 } });
    const state = noInterlocks();
    for (const reject of [true, true, true]) onDecided(state, part(reject), rule, 0);
    forgetCounts(state);
    expect(state).toMatchObject({ latched: [{ kind: 'consecutive-rejects' }], running: 0 });
  });
});
