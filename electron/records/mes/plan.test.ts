import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchLimit, emptyPump, onAnswer, onFailure, type Pump, plan } from './plan.ts';

const pump = (rest: Partial<Pump> = {}): Pump => ({ ...emptyPump(), connected: true, ...rest });

describe('what to report next', () => {
  it.each([
    ['the MES is away', pump({ connected: false }), { do: 'sleep', because: 'away' }],
    ['a call is under way', pump({ calling: true }), { do: 'sleep', because: 'calling' }],
    ['all is offered', pump({ mayHaveMore: false }), { do: 'sleep', because: 'nothing' }],
    ['it was just tried', pump({ notBeforeMs: 1030 }), { do: 'wait', ms: 30 }],
    ['otherwise', pump(), { do: 'send', limit: batchLimit }],
  ])('%s', (_when, state, step) => {
    expect(plan(state, 1000)).toEqual(step);
  });

  it('rests a little between the full batches of a backlog, and gathers otherwise', () => {
    const calling = pump({ calling: true, mayHaveMore: false });
    const full = onAnswer(calling, { offered: batchLimit, acknowledged: batchLimit }, 1000);
    expect(plan(full, 1000)).toEqual({ do: 'wait', ms: 40 });
    expect(plan(full, 1040).do).toBe('send');
    expect(plan(onAnswer(calling, { offered: 3, acknowledged: 3 }, 1000), 1000)).toEqual({ do: 'sleep', because: 'nothing' });
    expect(plan({ ...onAnswer(calling, { offered: 3, acknowledged: 3 }, 1000), mayHaveMore: true }, 1000)).toEqual({
      do: 'wait',
      ms: 100,
    });
  });

  it('offers again what was refused beside what was not, and backs off when the call failed', () => {
    const calling = pump({ calling: true, mayHaveMore: false });
    expect(plan(onAnswer(calling, { offered: 3, acknowledged: 2 }, 1000), 1000)).toEqual({ do: 'wait', ms: 100 });
    const once = onFailure(calling, 1000);
    expect(plan(once, 1000)).toEqual({ do: 'wait', ms: 500 });
    expect(plan(onFailure({ ...once, calling: true }, 2000), 2000)).toEqual({ do: 'wait', ms: 1000 });
    expect(onAnswer({ ...once, calling: true }, { offered: 1, acknowledged: 1 }, 3000).failures).toBe(0);
  });

  it('has refused the same five times within 10 s, however long the MES was away before (faults #47)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), (failures) => {
        let state = pump({ failures });
        let nowMs = 0;
        for (let time = 1; time <= 5; time++) {
          const step = plan(state, nowMs);
          if (step.do === 'wait') nowMs += step.ms;
          state = onAnswer({ ...state, calling: true }, { offered: 200, acknowledged: 0 }, nowMs);
        }
        expect(nowMs).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});
