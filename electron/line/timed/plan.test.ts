import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Belt } from '../schedule.ts';
import { doubt, emptyPlan, type GateRule, moved, onTime, type PlannedPart, planPart, reachOf } from './plan.ts';

const rule: GateRule = { pulseCounts: 160, leastGapCounts: 40, lagMs: 30, canTell: true };
const distance = 4000;

interface Part {
  place: number;
  reject: boolean;
  /** Counts before its place at which its verdict comes. */
  decidedBefore: number;
}
/** From so many counts on the belt runs so fast, having stood for so long. */
interface Leg {
  counts: number;
  perMs: number;
  standMs: number;
}
interface Outcome {
  ejected: boolean;
  told: PlannedPart | undefined;
  /** The belt at the last stand before it. */
  stoodAt: number;
}

/**
 * A belt of 1 ms steps with a gate that moves `lagMs` after its output, driven by the rule alone; encoder counts begin at
 * `start`, so that they wrap on the way.
 */
const run = (parts: Part[], legs: Leg[], start: number) => {
  const plan = emptyPlan();
  const levels: boolean[] = [];
  const outcomes = new Map<number, Outcome>();
  let [ms, at, openings, stoodAt] = [0, 0, 0, Number.NEGATIVE_INFINITY];
  const told: PlannedPart[] = [];
  let pending = parts
    .map((part, partId) => ({ ...part, partId }))
    .sort((a, b) => a.place - a.decidedBefore - (b.place - b.decidedBefore));
  const step = (perMs: number): void => {
    const belt: Belt = { countsPerSecond: perMs * 1000, running: perMs > 0, at: { encoder: moved(start, at), heardAtMs: ms } };
    const due = pending.filter(({ place, decidedBefore }) => place - decidedBefore <= at);
    pending = pending.filter((part) => !due.includes(part));
    for (const { partId, place, reject } of due) planPart(plan, { partId, place: moved(start, place), reject });
    const before = plan.open;
    told.push(...onTime(plan, belt, ms, rule).passed);
    if (plan.open && !before) openings += 1;
    levels.push(plan.open);
    const isOpen = levels[ms - rule.lagMs] ?? false;
    for (const [partId, { place }] of parts.entries())
      if (place >= at && place < at + perMs) outcomes.set(partId, { ejected: isOpen, told: undefined, stoodAt });
    if (perMs === 0) stoodAt = at;
    at += perMs;
    ms += 1;
  };
  for (const { counts, perMs, standMs } of legs) {
    for (let stood = 0; stood < standMs; stood++) step(0);
    for (const end = at + counts; at < end; ) step(perMs);
  }
  for (const part of told) Object.assign(outcomes.get(part.partId) as Outcome, { told: part });
  return { outcomes, openings };
};

const spacings = fc.array(fc.record({ by: fc.integer({ min: 130, max: 400 }), reject: fc.boolean() }), {
  minLength: 1,
  maxLength: 30,
});
const places = (each: { by: number; reject: boolean }[], decidedBefore: number): Part[] => {
  let place = distance;
  return each.map(({ by, reject }) => ({ place: (place += by), reject, decidedBefore }));
};
const lengthOf = (parts: Part[]): number => Math.max(...parts.map(({ place }) => place)) + 600;
const starts = fc.constantFrom(0, 2 ** 32 - 3000, 2 ** 32 - 5000);
const isNear = (parts: Part[], { place }: Part): boolean =>
  parts.some((each) => each.reject && Math.abs(each.place - place) < 130);

describe('the plan of a timed gate', () => {
  it('has every reject out and every other part on, at any speed, with one pulse for each run of neighbours', () => {
    fc.assert(
      fc.property(spacings, fc.integer({ min: 2, max: 12 }), starts, (each, perMs, start) => {
        const parts = places(each, 3000);
        const { outcomes, openings } = run(parts, [{ counts: lengthOf(parts), perMs, standMs: 0 }], start);
        for (const [id, { ejected, told }] of outcomes) {
          expect(ejected).toBe(parts[id]?.reject);
          expect(told?.fate).toBe(parts[id]?.reject ? 'open' : 'closed');
        }
        const rejects = parts.filter(({ reject }) => reject).map(({ place }) => place);
        const apart = rejects.filter((place, index) => index === 0 || place - (rejects[index - 1] as number) > 160 + 40 + perMs);
        const near = rejects.filter((place, index) => index === 0 || place - (rejects[index - 1] as number) > 160 + 40 - perMs);
        expect(openings).toBeGreaterThanOrEqual(apart.length);
        expect(openings).toBeLessThanOrEqual(near.length);
      }),
    );
  });

  it('stays right while the speed changes, as long as a change is small against the pulse', () => {
    const speeds = fc.array(fc.record({ counts: fc.integer({ min: 300, max: 1500 }), perMs: fc.integer({ min: 8, max: 9 }) }), {
      minLength: 3,
      maxLength: 12,
    });
    fc.assert(
      fc.property(spacings, speeds, starts, (each, legs, start) => {
        const parts = places(each, 3000);
        const rest = { counts: lengthOf(parts), perMs: 8, standMs: 0 };
        const { outcomes } = run(parts, [...legs.map((leg) => ({ ...leg, standMs: 0 })), rest], start);
        for (const [id, { ejected }] of outcomes) {
          const part = parts[id] as Part;
          // The pulse moves by the lag of the change: 30 counts. A neighbour nearer than that may go with it.
          if (part.reject || !isNear(parts, part)) expect(ejected).toBe(part.reject);
        }
      }),
    );
  });

  it('loses no reject at halts, and takes with it only what lay within the reach of a halt', () => {
    const halts = fc.array(
      fc.record({ counts: fc.integer({ min: 100, max: 2500 }), standMs: fc.integer({ min: 1, max: 400 }) }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(spacings, halts, fc.integer({ min: 2, max: 10 }), starts, (each, legs, perMs, start) => {
        const parts = places(each, 3000);
        const rest = { counts: lengthOf(parts), perMs, standMs: 100 };
        const { outcomes } = run(parts, [...legs.map((leg) => ({ ...leg, perMs })), rest], start);
        for (const [id, { ejected, told, stoodAt }] of outcomes) {
          const part = parts[id] as Part;
          if (part.reject) expect(ejected || told?.fate === 'closed' || told?.fate === 'late').toBe(true);
          if (part.reject && part.place - stoodAt > 160 + 2 * perMs * 30) expect(ejected).toBe(true);
          if (!part.reject && ejected) expect(part.place - stoodAt).toBeLessThanOrEqual(perMs * 31);
        }
      }),
    );
  });

  it('fires for no part whose verdict came when its place was passed, and says so', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200, max: 250 }), fc.integer({ min: 2, max: 10 }), (decidedBefore, perMs) => {
        const parts = [{ place: distance, reject: true, decidedBefore }];
        const { outcomes, openings } = run(parts, [{ counts: 6000, perMs, standMs: 0 }], 0);
        const lead = perMs * rule.lagMs;
        // A step is `perMs` long: at the edge it may be either.
        if (decidedBefore < lead - perMs)
          expect([openings, outcomes.get(0)]).toMatchObject([0, { ejected: false, told: { fate: 'closed' } }]);
        if (decidedBefore > lead + perMs)
          expect([openings, outcomes.get(0)]).toMatchObject([1, { ejected: true, told: { fate: 'open' } }]);
      }),
    );
  });

  it('keeps the gate open over a stretch that nobody knows, and moves nothing while the belt stands', () => {
    const plan = { ...emptyPlan(), unknown: [{ from: 1000, to: 4000 }] };
    const level = (encoder: number, running: boolean, ms: number): boolean =>
      onTime(plan, { countsPerSecond: 1000, running, at: { encoder, heardAtMs: ms } }, ms, rule).open;
    expect(level(500, true, 0)).toBe(false);
    expect(level(1000, true, 500)).toBe(true);
    expect(level(2000, false, 1000)).toBe(true);
    expect(level(2000, false, 9000)).toBe(true);
    planPart(plan, { partId: 1, place: 2010, reject: true });
    expect(level(3960, true, 11_000)).toBe(true);
    expect(level(3975, true, 11_010)).toBe(false);
    planPart(plan, { partId: 2, place: 4010, reject: true });
    expect(level(3990, false, 12_000)).toBe(true);
    plan.parts = [];
    expect(level(3990, false, 13_000)).toBe(true);
  });

  it('vouches for no part that the reach passed while the answer of the PLC was under way', () => {
    const plan = emptyPlan();
    const belt = { countsPerSecond: 10_000, running: true, at: { encoder: 0, heardAtMs: 0 } };
    for (const [partId, place] of [900, 1000, 1100].entries()) planPart(plan, { partId, place, reject: partId === 1 });
    for (const nowMs of [60, 62, 70, 78, 90]) onTime(plan, belt, nowMs, rule);
    doubt(plan, { from: 920, to: 1000 });
    const passed = [120, 150].flatMap((nowMs) => onTime(plan, belt, nowMs, rule).passed);
    expect(passed.map(({ fate }) => fate)).toEqual(['closed', 'late', 'closed']);
    expect(reachOf(belt, 90, 30)).toBe(1200);
    expect(reachOf({ ...belt, at: null }, 90, 30)).toBeNull();
  });
});
