import { describe, expect, it } from 'vitest';
import { ended, killed, plan, started, type Watched } from './plan.ts';

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

  it('kills once and then waits for the end', () => {
    const hung = killed({ ...started(null, 0), heartbeatAtMs: 5000 });
    expect(plan(hung, rule, 9000).do).toBe('nothing');
    expect(plan(ended(hung, 9000), rule, 9100).do).toBe('start');
  });

  const crashEvery = (gapMs: number): Watched => {
    let watched = started(null, 0);
    for (let crash = 1; crash <= 5; crash++) watched = ended(started(watched, crash * gapMs), crash * gapMs + 1);
    return watched;
  };

  it('is tried but every half minute after five crashes in 300 s', () => {
    const watched = crashEvery(60_000);
    expect(watched.state).toBe('safe');
    expect(plan(watched, rule, watched.endedAtMs + 29_999).do).toBe('nothing');
    expect(plan(watched, rule, watched.endedAtMs + 30_000).do).toBe('start');
  });

  it('goes on for ever with a process that crashes now and then', () => {
    expect(crashEvery(80_000).state).toBe('ended');
  });

  it('does not start what is meant to stand', () => {
    expect(plan(ended({ ...started(null, 0), state: 'stopped' }, 10), rule, 1e6).do).toBe('nothing');
  });
});
