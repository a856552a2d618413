import { describe, expect, it } from 'vitest';
import { ended, plan, started } from './plan.ts';

const rule = { heartbeatTimeoutMs: 1000, startTimeoutMs: 30_000 };

describe('plan', () => {
  it('leaves a process that works alone', () => {
    expect(plan({ ...started(null, 0), heartbeatAtMs: 5000 }, rule, 5900).do).toBe('nothing');
  });

  it('gives a starting process more patience than a silent one', () => {
    expect(plan(started(null, 0), rule, 29_000).do).toBe('nothing');
    expect(plan(started(null, 0), rule, 30_001).do).toBe('kill');
    expect(plan({ ...started(null, 0), heartbeatAtMs: 5000 }, rule, 6001)).toMatchObject({ do: 'kill' });
  });

  it('starts again after a wait that doubles with every failure in a row', () => {
    const first = ended(started(null, 0), 10);
    expect(plan(first, rule, 60).do).toBe('nothing');
    expect(plan(first, rule, 110).do).toBe('start');
    const second = ended(started(first, 110), 120);
    expect(plan(second, rule, 300).do).toBe('nothing');
    expect(plan(second, rule, 320).do).toBe('start');
  });

  it('forgets old failures after a good run', () => {
    const failed = { ...ended(started(null, 0), 10), failures: 6 };
    expect(ended(started(failed, 0), 31_000).failures).toBe(1);
  });

  it('does not start what is meant to stand', () => {
    expect(plan(ended({ ...started(null, 0), state: 'stopped' }, 10), rule, 1e6).do).toBe('nothing');
  });
});
