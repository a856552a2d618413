import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  type Belt,
  type BeltEvent,
  changeRate,
  encoderOf,
  holdBack,
  type Layout,
  nextEdgeMs,
  openGate,
  positionAt,
  positionOf,
  startBelt,
  switchGate,
} from './belt.ts';
import { countsPerPart, partOf } from './part.ts';

const layout: Layout = {
  sensorPosition: (number) => {
    const part = partOf(3, number, 0.1);
    return number * countsPerPart + part.spacingCounts + part.sensorCounts;
  },
  gateDistanceCounts: 4000,
};

/** Runs a belt from 0 to `untilMs` in the given steps; `pulses` are heard at their time. */
const run = (untilMs: number, stepMs: number, pulses: { atMs: number; openAt: number; closeAt: number }[]): BeltEvent[] => {
  const all: BeltEvent[] = [];
  let belt: Belt = startBelt(0, 60, 0);
  const waiting = [...pulses];
  for (let nowMs = 0; nowMs <= untilMs; nowMs += stepMs) {
    const step = advance(belt, nowMs, layout);
    belt = step.belt;
    all.push(...step.events);
    while (waiting[0] !== undefined && waiting[0].atMs <= nowMs)
      belt = openGate(belt, nowMs, waiting.shift() as (typeof pulses)[0]);
  }
  return all;
};
const edges = (events: BeltEvent[]): number[] => events.flatMap((event) => (event.type === 'edge' ? [event.part] : []));
const ejected = (events: BeltEvent[]): number[] =>
  events.flatMap((event) => (event.type === 'left' && event.ejected ? [event.part] : []));

describe('belt', () => {
  it('sees every part once, in order, and lets every part leave once, however often it is asked', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.3, max: 90, noNaN: true }), (stepMs) => {
        const events = run(1500, stepMs, []);
        const seen = edges(events);
        expect(seen).toEqual(seen.map((_, i) => i + 1));
        const left = events.flatMap((event) => (event.type === 'left' ? [event.part] : []));
        expect(left).toEqual(left.map((_, i) => i + 1));
        expect(left.length).toBeGreaterThan(50);
      }),
      { numRuns: 30 },
    );
  });

  it('ejects exactly the parts whose own centre is in a window', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 10 }),
        fc.integer({ min: 1, max: 60 }),
        (parts, half) => {
          const pulses = parts.map((part) => {
            const centre = layout.sensorPosition(part) + layout.gateDistanceCounts;
            return { atMs: 5, openAt: centre - half, closeAt: centre + half };
          });
          expect(ejected(run(1500, 5, pulses))).toEqual(parts.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('opens at the first count of a window and is closed at the last', () => {
    const centre = layout.sensorPosition(4) + layout.gateDistanceCounts;
    expect(ejected(run(700, 5, [{ atMs: 0, openAt: centre, closeAt: centre + 1 }]))).toEqual([4]);
    expect(ejected(run(700, 5, [{ atMs: 0, openAt: centre - 20, closeAt: centre }]))).toEqual([]);
  });

  it('does not eject what has passed before the window was heard, nor by an empty window', () => {
    const centre = layout.sensorPosition(1) + layout.gateDistanceCounts;
    const passedMs = (centre / countsPerPart / 60) * 1000;
    const window = { openAt: centre - 30, closeAt: centre + 30 };
    expect(ejected(run(900, 1, [{ atMs: passedMs - 2, ...window }]))).toEqual([1]);
    expect(ejected(run(900, 1, [{ atMs: passedMs + 1.5, ...window }]))).toEqual([]);
    expect(ejected(run(900, 1, [{ atMs: 0, openAt: window.closeAt, closeAt: window.openAt }]))).toEqual([]);
  });

  it('opens and closes a lag after its valve, by time, and tells how far before the part', () => {
    const centre = layout.sensorPosition(2) + layout.gateDistanceCounts;
    const passesMs = centre / 9.6;
    const left = (openMs: number, closeMs: number, stands: boolean): BeltEvent[] => {
      let belt = switchGate(switchGate(startBelt(0, 60, 0), openMs, true), closeMs, false);
      // It stands for a second just before the part is there; the gate goes on.
      if (stands) {
        belt = changeRate(advance(belt, passesMs - 5, layout).belt, passesMs - 5, 0);
        belt = changeRate(advance(belt, passesMs + 995, layout).belt, passesMs + 995, 60);
      }
      return advance(belt, passesMs + 1008, layout).events;
    };
    expect(ejected(left(passesMs - 10, passesMs + 3, false))).toEqual([2]);
    expect(left(passesMs - 10, passesMs + 3, false)).toContainEqual({
      ...{ type: 'left', part: 2, ejected: true, openedBefore: expect.closeTo(96, 6) as number },
    });
    expect(ejected(left(passesMs + 1, passesMs + 9, false))).toEqual([]);
    expect(ejected(left(passesMs - 10, passesMs + 3, true))).toEqual([]);
    expect(ejected(left(passesMs + 500, passesMs + 1003, true))).toEqual([2]);
  });

  it('keeps its schedule: part n fires at its own place, whatever was late before', () => {
    const late = run(20_100, 13, []).find((event) => event.part === 1200 && event.type === 'edge');
    expect(late?.type === 'edge' && late.atMs).toBeCloseTo((layout.sensorPosition(1200) / countsPerPart / 60) * 1000, 6);
  });

  it('changes speed, stands and is held up without a jump', () => {
    const moving = startBelt(0, 60, 0);
    const slow = changeRate(moving, 1000, 6);
    expect(positionAt(slow, 1000)).toBeCloseTo(9600, 9);
    expect(positionAt(slow, 2000)).toBeCloseTo(9600 + 960, 9);
    const standing = changeRate(slow, 2000, 0);
    expect(positionAt(standing, 9000)).toBeCloseTo(10_560, 9);
    expect(nextEdgeMs(standing, layout)).toBe(Infinity);
    expect(positionAt(holdBack(moving, 400), 1000)).toBeCloseTo(600 * 9.6, 9);
  });

  it('ends after the last part, which still leaves', () => {
    const events: BeltEvent[] = [];
    let belt: Belt = { ...startBelt(0, 60, 0), last: 3 };
    for (let nowMs = 0; nowMs < 900; nowMs += 5) {
      const step = advance(belt, nowMs, layout);
      belt = step.belt;
      events.push(...step.events);
    }
    expect(edges(events)).toEqual([1, 2, 3]);
    expect(events.filter(({ type }) => type === 'left')).toHaveLength(3);
  });

  it('wraps the encoder and finds the position again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), fc.integer({ min: -(2 ** 30), max: 2 ** 30 }), (near, away) => {
        const encoder = encoderOf(near + away);
        expect(encoder).toBeGreaterThanOrEqual(0);
        expect(encoder).toBeLessThan(2 ** 32);
        expect(positionOf(encoder, near)).toBe(near + away);
      }),
    );
    expect(encoderOf(2 ** 32)).toBe(0);
  });
});
