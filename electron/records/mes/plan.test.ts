import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchLimit, emptyPump, onConnect, onProgress, onStall, type Pump, plan, type Stall, tellOf } from './plan.ts';

const pump = (rest: Partial<Pump> = {}): Pump => ({ ...emptyPump(), connected: true, ...rest });
const calling = pump({ calling: true, mayHaveMore: false });
const stall = (kind: Stall['kind'], offered: number): Stall => ({ kind, offered, why: 'no', fromMs: 0 });

describe('what to report next', () => {
  it.each([
    ['the MES is away', pump({ connected: false }), { do: 'sleep', because: 'away' }],
    ['a call is under way', pump({ calling: true }), { do: 'sleep', because: 'calling' }],
    ['all is offered', pump({ mayHaveMore: false }), { do: 'sleep', because: 'nothing' }],
    ['what waits was refused and rests', pump({ mayHaveMore: false, dueMs: 1200 }), { do: 'wait', ms: 200 }],
    ['another came meanwhile', pump({ dueMs: 1200 }), { do: 'send', limit: batchLimit }],
    ['it was just tried', pump({ notBeforeMs: 1030 }), { do: 'wait', ms: 30 }],
    ['otherwise', pump(), { do: 'send', limit: batchLimit }],
  ])('%s', (_when, state, step) => {
    expect(plan(state, 1000)).toEqual(step);
  });

  it('rests a little between the full batches of a backlog, and gathers otherwise', () => {
    const full = onProgress(calling, { offered: batchLimit, done: batchLimit }, 1000);
    expect(plan(full, 1000)).toEqual({ do: 'wait', ms: 40 });
    expect(plan(full, 1040).do).toBe('send');
    const few = onProgress(calling, { offered: 3, done: 3 }, 1000);
    expect(plan(few, 1000)).toEqual({ do: 'sleep', because: 'nothing' });
    expect(plan({ ...few, mayHaveMore: true }, 1000)).toEqual({ do: 'wait', ms: 100 });
    expect(plan(onProgress(calling, { offered: 3, done: 2 }, 1000), 1000)).toEqual({ do: 'wait', ms: 100 });
  });

  it('tries fewer and fewer where the MES answers and takes none, and is back at all of them by and by', () => {
    let state = calling;
    const tried: number[] = [];
    for (let nowMs = 0; tried.at(-1) !== 1; nowMs += 100) {
      const step = plan({ ...state, calling: false, mayHaveMore: true }, nowMs);
      if (step.do !== 'send') throw new Error('it waits longer than a moment');
      tried.push(step.limit);
      state = onStall(state, stall('refused', step.limit), nowMs);
    }
    expect(tried).toEqual([200, 100, 50, 25, 12, 6, 3, 1]);
    let grown = 0;
    for (; state.limit < batchLimit; grown++) state = onProgress(state, { offered: state.limit, done: state.limit }, 0);
    expect(grown).toBeLessThanOrEqual(40);
  });

  it('waits longer each time where no answer comes, for the MES may still be at work, and tries fewer', () => {
    const once = onStall(calling, stall('unanswered', 200), 15_000);
    expect(once.limit).toBe(100);
    expect(plan(once, 15_000)).toEqual({ do: 'wait', ms: 5000 });
    const twice = onStall({ ...once, calling: true }, stall('unanswered', 100), 35_000);
    expect(plan(twice, 35_000)).toEqual({ do: 'wait', ms: 10_000 });
    expect(plan(onConnect(twice), 35_000).do).toBe('send');
  });

  it('asks an MES that answers again within 8 s, however long it has refused (faults #47)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), (failures) => {
        const step = plan(onStall(pump({ failures }), stall('refused', 1), 0), 0);
        expect(step.do === 'wait' && step.ms <= 8000).toBe(true);
      }),
    );
  });

  it('tells what is wrong when nothing has left for 10 s, and that it is over', () => {
    const stalled = onStall(calling, { ...stall('refused', 1), why: 'database locked', fromMs: 1000 }, 1000);
    expect(tellOf(stalled, 4000)).toEqual({ lookInMs: 7000 });
    const later = onStall(stalled, { ...stall('refused', 1), why: 'no space', fromMs: 9000 }, 9000);
    expect(tellOf(later, 11_000)).toEqual({ why: 'no space' });
    expect(tellOf({ ...later, connected: false }, 11_000)).toEqual({ why: null });
    expect(tellOf(onProgress(later, { offered: 1, done: 1 }, 12_000), 12_000)).toEqual({ why: null });
  });
});
