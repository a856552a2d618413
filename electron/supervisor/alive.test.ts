import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LaneWork } from '../contract/process.ts';
import { type Known, sentenceOf, vouchFor } from './alive.ts';
import { ended, killed, plan, started, type Watched } from './plan.ts';

const rule = { heartbeatTimeoutMs: 1000, startTimeoutMs: 30_000, givesUp: true };
const beating = (atMs: number): Watched => ({ ...started(null, 0), heartbeatAtMs: atMs });
const lane = (dueMs: number | null): LaneWork => ({ lane: 'a', frames: 10, parts: 10, dueMs, limitMs: 90 });
const line = (watched: Watched, lanes: LaneWork[] = []): Known => ({ name: 'line', watched, rule, lanes });
const pings = (known: Known, nowMs: number): boolean => vouchFor([known], nowMs).ping;

describe('vouchFor', () => {
  it('does not vouch for a lane whose parts come while no frame is worked on', () => {
    expect(pings(line(beating(1000), [lane(80)]), 1005)).toBe(true);
    expect(vouchFor([line(beating(1000), [lane(80)])], 1011)).toEqual({
      ping: false,
      because: 'line: parts come on lane a, and no frame was worked on for 91 ms',
    });
  });

  it('vouches when nothing is due: the belt stands, or the camera is known to be lost', () => {
    expect(pings(line(beating(1000), [lane(null)]), 1500)).toBe(true);
  });

  it('does not hold what a process said against its successor, or against it when it is gone', () => {
    const owing = [lane(5000)];
    expect(pings(line(killed(beating(1000), 1000), owing), 1500)).toBe(true);
    expect(pings(line(ended(beating(1000), rule, 1000), owing), 1050)).toBe(true);
    expect(pings(line(started(null, 1000), owing), 1500)).toBe(true);
  });

  it('trusts the supervisor to kill and start, and no longer than that takes', () => {
    expect(pings(line(beating(1000)), 2400)).toBe(true);
    expect(pings(line(beating(1000)), 2600)).toBe(false);
    expect(pings(line(killed(beating(1000), 3000)), 4400)).toBe(true);
    expect(pings(line(killed(beating(1000), 3000)), 4600)).toBe(false);
    expect(pings(line(ended(beating(1000), rule, 3000)), 3700)).toBe(false);
  });

  it('never lets the watchdog restart a station in safe mode', () => {
    expect(pings(line({ ...beating(0), state: 'safe' }), 1e9)).toBe(true);
  });

  const state = fc.constantFrom('running', 'killed', 'ended', 'safe', 'stopped') satisfies fc.Arbitrary<Watched['state']>;
  const time = fc.integer({ min: 0, max: 100_000 });
  const anyWatched: fc.Arbitrary<Watched> = fc.record({
    ...{ state, startedAtMs: time, heartbeatAtMs: fc.option(time), progressAtMs: time, killedAtMs: time, endedAtMs: time },
    ...{ failures: fc.integer({ min: 0, max: 4 }), crashesAtMs: fc.constant([]) },
  });
  const anyLane = fc.record({
    ...{ lane: fc.constant('a'), frames: fc.nat(), parts: fc.nat(), limitMs: fc.integer({ min: 1, max: 500 }) },
    dueMs: fc.option(fc.integer({ min: 0, max: 2000 })),
  });

  it('is silent only when something is left undone or a frame is overdue', () => {
    fc.assert(
      fc.property(anyWatched, fc.array(anyLane, { maxLength: 3 }), time, (watched, lanes, nowMs) => {
        const overdue = lanes.some(
          ({ dueMs, limitMs }) => dueMs !== null && dueMs + nowMs - (watched.heartbeatAtMs ?? 0) > limitMs,
        );
        const idle = plan(watched, rule, nowMs).do === 'nothing' && watched.state !== 'killed';
        if (idle && !(overdue && watched.state === 'running')) expect(pings(line(watched, lanes), nowMs)).toBe(true);
        if (overdue && watched.state === 'running' && watched.heartbeatAtMs !== null)
          expect(pings(line(watched, lanes), nowMs)).toBe(false);
      }),
    );
  });

  it('stays silent once it is, until a fact changes', () => {
    fc.assert(
      fc.property(anyWatched, fc.array(anyLane, { maxLength: 3 }), time, fc.nat(100_000), (watched, lanes, nowMs, laterMs) => {
        if (!pings(line(watched, lanes), nowMs)) expect(pings(line(watched, lanes), nowMs + laterMs)).toBe(false);
      }),
    );
  });
});

describe('sentenceOf', () => {
  it('says the worst first', () => {
    const say = (...station: Known[]): string => sentenceOf(station, vouchFor(station, 1000));
    expect(say(line(started(null, 0)))).toBe('Starting line.');
    expect(say(line(beating(1000), [{ ...lane(null), parts: 0 }]))).toBe('Ready; no part has come yet.');
    expect(say(line(beating(1000), [lane(null)]))).toBe('Parts are inspected.');
    expect(say(line(beating(1000), [lane(100)]))).toContain('Not well: line: parts come on lane a');
    expect(say(line({ ...beating(0), state: 'safe' }))).toContain('Safe mode: line crashed 5 times');
  });
});
