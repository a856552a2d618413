import { describe, expect, it } from 'vitest';
import { ended, excused, forgiven, killed, longestStartMs, plan, readied, started, type Watched } from './plan.ts';

const rule = { heartbeatTimeoutMs: 1000, startTimeoutMs: 30_000, givesUp: true };

describe('plan', () => {
  it('leaves a process that works alone', () => {
    expect(plan({ ...started(null, 0), heartbeatAtMs: 5000 }, rule, 5900).do).toBe('nothing');
  });

  it('gives a starting process more patience than a silent one', () => {
    expect(plan(started(null, 0), rule, 29_000).do).toBe('nothing');
    expect(plan(started(null, 0), rule, 30_001).do).toBe('kill');
    expect(plan({ ...started(null, 0), heartbeatAtMs: 5000 }, rule, 6001)).toMatchObject({ do: 'kill' });
  });

  it('waits for a start that gets on, however slow the machine, but not for ever', () => {
    expect(plan({ ...started(null, 0), progressAtMs: 100_000 }, rule, 120_000).do).toBe('nothing');
    expect(plan({ ...started(null, 0), progressAtMs: longestStartMs }, rule, longestStartMs + 1).do).toBe('kill');
  });

  it('takes a process at its word that it is ready: one that loops from there on does not start for ever', () => {
    const looping = { ...readied(started(null, 0), 2000), progressAtMs: 9000 };
    expect(plan(looping, rule, 4500).do).toBe('nothing');
    expect(plan(looping, rule, 4501).do).toBe('kill');
    expect(readied({ ...started(null, 0), heartbeatAtMs: 1990 }, 2000).heartbeatAtMs).toBe(1990);
  });

  it('blames no process for what the supervisor did not hear while it was held up itself', () => {
    const silent = { ...started(null, 0), heartbeatAtMs: 5000 };
    expect(plan(silent, rule, 165_000).do).toBe('kill');
    expect(plan(excused(silent, 159_950), rule, 165_000).do).toBe('nothing');
    expect(plan(excused(started(null, 0), 159_950), rule, 165_000).do).toBe('nothing');
  });

  it('starts again after a wait that doubles with every failure in a row', () => {
    const first = ended(started(null, 0), rule, 10);
    expect(plan(first, rule, 60).do).toBe('nothing');
    expect(plan(first, rule, 110).do).toBe('start');
    const second = ended(started(first, 110), rule, 120);
    expect(plan(second, rule, 300).do).toBe('nothing');
    expect(plan(second, rule, 320).do).toBe('start');
  });

  it('forgets old failures after a good run', () => {
    const failed = { ...ended(started(null, 0), rule, 10), failures: 6 };
    expect(ended(started(failed, 0), rule, 31_000).failures).toBe(1);
  });

  it('kills once and then waits for the end', () => {
    const hung = killed({ ...started(null, 0), heartbeatAtMs: 5000 }, 9000);
    expect(plan(hung, rule, 9000).do).toBe('nothing');
    expect(plan(ended(hung, rule, 9000), rule, 9100).do).toBe('start');
  });

  const crashEvery = (gapMs: number, using = rule): Watched => {
    let watched = started(null, 0);
    for (let crash = 1; crash <= 5; crash++) watched = ended(started(watched, crash * gapMs), using, crash * gapMs + 1);
    return watched;
  };

  it('is tried but every half minute after five crashes in 300 s', () => {
    const watched = crashEvery(60_000);
    expect(watched.state).toBe('safe');
    expect(plan(watched, rule, watched.endedAtMs + 29_999).do).toBe('nothing');
    expect(plan(watched, rule, watched.endedAtMs + 30_000).do).toBe('start');
  });

  it('starts what a person has seen to at once, as if it had never failed', () => {
    const again = forgiven(crashEvery(1000), 50_000);
    expect(plan(again, rule, 50_000).do).toBe('start');
    expect(ended(started(again, 50_000), rule, 50_001).state).toBe('ended');
    const running = started(null, 0);
    expect(forgiven(running, 10)).toBe(running);
  });

  it('goes on for ever with a process that crashes now and then', () => {
    expect(crashEvery(80_000).state).toBe('ended');
  });

  it('goes on for ever with a process that must not stand', () => {
    expect(crashEvery(1000, { ...rule, givesUp: false }).state).toBe('ended');
  });

  it('does not start what is meant to stand', () => {
    expect(plan(ended({ ...started(null, 0), state: 'stopped' }, rule, 10), rule, 1e6).do).toBe('nothing');
  });
});
