import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameScored } from '../contract/frame.ts';
import { emptyFreeRun, onFreeFrame, onFreeTime, onFreeTrigger } from './freeRun.ts';
import type { Belt } from './schedule.ts';
import type { Step } from './step.ts';

// Two counts a pixel, parts go from left to right, the region of interest is 200 px wide around 640.
const rule = { toleranceCounts: 8, countsPerPx: 2, lostMs: 40, middlePx: 640, gateCounts: 4000 };
const moving: Belt = { countsPerSecond: 8000, running: true, at: null };
const standing: Belt = { ...moving, running: false };
/** The PLC has told of the encoder since. */
const beyond = (encoder: number): Belt => ({ ...moving, at: { encoder, heardAtMs: 0 } });
const uint32 = 2 ** 32;

/** A frame at `encoder`: parts at `places` are seen for 500 px on either side of the middle; the nearest one is scored. */
const frameAt = (sequence: number, atMs: number, encoder: number, places: readonly number[]): FrameScored => {
  const centres = places.map((place) => 640 + (encoder - place) / rule.countsPerPx).filter((px) => Math.abs(px - 640) <= 500);
  const nearest = Math.min(...centres.map((px) => Math.abs(px - 640)));
  return {
    ...{ type: 'scored', sequence, missedBefore: 0, exposedAtMs: null, encoder: encoder % uint32, fault: null },
    ...{ inMemoryAtMs: atMs, preparedAtMs: atMs, inferredAtMs: atMs, scores: [] },
    parts: centres.toSorted((one, other) => one - other).map((centrePx) => ({ centrePx, scored: isNearest(centrePx, nearest) })),
  };
};
const isNearest = (centrePx: number, nearest: number): boolean => Math.abs(Math.abs(centrePx - 640) - nearest) < 1e-9;
const why = 'no-frame';
const inspected = (steps: Step[]) =>
  steps.flatMap((step) =>
    step.do === 'inspected' ? [{ place: step.trigger.encoder, frames: step.frames.length, ...step.trigger }] : [],
  );

describe('tracking without a trigger', () => {
  it('brings the frames of a part together and ends it when it is out of sight', () => {
    const state = emptyFreeRun(7);
    const steps: Step[] = [];
    for (let i = 0; i < 30; i++) steps.push(...onFreeFrame(state, frameAt(i, i * 10, 400 + i * 80, [1000]), moving, rule));
    expect(inspected(steps)).toMatchObject([{ partId: 7, place: 1000, frames: 21 }]);
  });

  it('knows when a part was in the middle, for the deadline', () => {
    const state = emptyFreeRun(0);
    onFreeFrame(state, frameAt(1, 100, 920, [1000]), moving, rule);
    // 80 counts to go at 8 counts a millisecond.
    expect(inspected(onFreeTime(state, { nowMs: 141, whyNoFrame: why }, beyond(1000), rule))).toMatchObject([
      { receivedAtMs: 110 },
    ]);
  });

  it('takes no more frames of a part than tell something, however slowly the belt creeps', () => {
    const state = emptyFreeRun(0);
    for (let i = 0; i < 1000; i++) onFreeFrame(state, frameAt(i, i * 16, 200 + i, [1000]), moving, rule);
    // Half the tolerance is four counts.
    expect(state.open[0]?.frames.map(({ encoder }) => encoder).slice(0, 3)).toEqual([200, 204, 208]);
    expect(state.open[0]?.frames).toHaveLength(32);
  });

  it('holds a part that stands under the camera, with bounded memory, and ends it after the belt has gone on', () => {
    const state = emptyFreeRun(0);
    for (let i = 0; i < 500; i++) {
      expect(inspected(onFreeFrame(state, frameAt(i, i * 16, 1000, [1000]), standing, rule))).toEqual([]);
      expect(onFreeTime(state, { nowMs: i * 16 + 8, whyNoFrame: why }, standing, rule)).toEqual([]);
    }
    expect(inspected(onFreeTime(state, { nowMs: 8100, whyNoFrame: why }, moving, rule))).toMatchObject([
      { place: 1000, frames: 1 },
    ]);
  });

  it('follows the belt by time where the camera tells no encoder count', () => {
    const state = emptyFreeRun(0);
    const steps: Step[] = [];
    for (let i = 0; i < 12; i++) {
      const belt: Belt = { ...moving, at: { encoder: 500, heardAtMs: 0 } };
      steps.push(...onFreeFrame(state, { ...frameAt(i, i * 10, 500 + i * 80, [1000]), encoder: null }, belt, rule));
    }
    steps.push(...onFreeTime(state, { nowMs: 2000, whyNoFrame: why }, beyond(1000), rule));
    expect(inspected(steps)).toMatchObject([{ place: 1000, frames: 12 }]);
  });

  it('keeps apart the parts that are in one frame, and ends the one before when the next is nearer', () => {
    const state = emptyFreeRun(0);
    onFreeFrame(state, frameAt(1, 0, 1000, [1000, 1300]), moving, rule);
    const steps = onFreeFrame(state, frameAt(2, 20, 1160, [1000, 1300]), moving, rule);
    expect(inspected(steps)).toMatchObject([{ place: 1000, frames: 1 }]);
    expect(state.open).toMatchObject([{ place: 1300, frames: [{ sequence: 2 }] }]);
  });

  it('answers for a part that was seen and went by without a frame of its own', () => {
    const state = emptyFreeRun(3);
    const frame = frameAt(1, 0, 400, [1000]);
    onFreeFrame(state, { ...frame, parts: [{ centrePx: 340, scored: false }] }, moving, rule);
    // Nobody gives it up before the belt has carried it past the middle, however long that takes.
    expect(onFreeTime(state, { nowMs: 900, whyNoFrame: 'camera-lost' }, beyond(999), rule)).toEqual([]);
    expect(onFreeTime(state, { nowMs: 900, whyNoFrame: 'camera-lost' }, beyond(1000), rule)).toMatchObject([
      { do: 'notInspected', why: 'camera-lost', trigger: { partId: 3, encoder: 1000 } },
    ]);
  });

  it('goes on when the encoder was set anew', () => {
    const state = emptyFreeRun(0);
    onFreeFrame(state, frameAt(1, 0, 900_000, [900_000]), moving, rule);
    expect(inspected(onFreeFrame(state, frameAt(2, 100, 500, [500]), moving, rule))).toHaveLength(1);
    expect(inspected(onFreeTime(state, { nowMs: 200, whyNoFrame: why }, moving, rule))).toMatchObject([{ place: 500 }]);
  });

  it('tells why a part has no frame of its own: what was wrong with those that came', () => {
    const state = emptyFreeRun(0);
    onFreeFrame(state, { ...frameAt(1, 0, 400, []), parts: [{ centrePx: 340, scored: false }] }, moving, rule);
    onFreeFrame(state, { ...frameAt(2, 10, 1000, []), parts: null, fault: 'black' }, moving, rule);
    expect(onFreeTime(state, { nowMs: 900, whyNoFrame: why }, beyond(1000), rule)).toMatchObject([{ why: 'black' }]);
  });

  it('answers for every part that the sensor saw, whether frames show it or nobody looked, once and in order', () => {
    const gaps = fc.array(fc.integer({ min: 210, max: 900 }), { minLength: 1, maxLength: 12 });
    /** Vision looks, and does not, for so many frames. */
    const looks = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 40 })), {
      minLength: 1,
      maxLength: 6,
    });
    /** How late the PLC's word comes, frames. */
    const late = fc.integer({ min: 0, max: 1 });
    fc.assert(
      fc.property(gaps, looks, late, (each, spans, lateFrames) => {
        const looking = spans.flatMap(([on, off]) => [
          ...Array.from({ length: on }, () => true),
          ...Array.from({ length: off }, () => false),
        ]);
        const places = each.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 10_000) + gap], []);
        const state = emptyFreeRun(0);
        const steps: Step[] = [];
        const [first = 0, last = 0] = [places[0], places.at(-1)];
        for (let i = 0, encoder = first - 600; encoder < last + 900; i++, encoder += 60) {
          const before = encoder - 60 * lateFrames;
          for (const place of places.filter((one) => one - 100 > before - 60 && one - 100 <= before)) {
            const trigger = { triggerSeq: 1, partId: 1, encoder: place - 100 + (i % 3), receivedAtMs: i * 10 };
            steps.push(...onFreeTrigger(state, trigger, { ...rule, sensorCounts: 100 }));
          }
          const belt = { ...moving, at: { encoder, heardAtMs: i * 10 } };
          if (looking[i % looking.length] === true)
            steps.push(...onFreeFrame(state, frameAt(i, i * 10, encoder, places), belt, rule));
          steps.push(...onFreeTime(state, { nowMs: i * 10, whyNoFrame: why }, belt, rule));
        }
        steps.push(...onFreeTime(state, { nowMs: 1e6, whyNoFrame: why }, beyond(last + 900), rule));
        const ended = steps.flatMap((step) =>
          step.do === 'inspected' || step.do === 'notInspected' ? [step.trigger.encoder] : [],
        );
        expect(ended).toHaveLength(places.length);
        for (const [i, place] of places.entries()) expect(Math.abs((ended[i] ?? 0) - place)).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('ends every part once, in order, at its place, at any spacing and speed, with stops, over the wrap', () => {
    const world = fc.record({
      gaps: fc.array(fc.integer({ min: 210, max: 900 }), { minLength: 1, maxLength: 15 }),
      moves: fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 5, maxLength: 40 }),
      start: fc.constantFrom(10_000, uint32 - 700),
    });
    fc.assert(
      fc.property(world, ({ gaps, moves, start }) => {
        const places = gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? start) + gap], []);
        const state = emptyFreeRun(0);
        const steps: Step[] = [];
        const last = places.at(-1) ?? start;
        let [encoder, atMs] = [start - 300, 0];
        for (let i = 0; encoder < last + 600; i++) {
          // The belt stops and goes as the world says, but goes on in the end.
          const by = i < 400 ? (moves[i % moves.length] ?? 0) : 60;
          encoder += by;
          atMs += 10;
          const belt: Belt = { countsPerSecond: by * 100, running: by > 0, at: null };
          steps.push(...onFreeFrame(state, frameAt(i, atMs, encoder, places), belt, rule));
        }
        steps.push(...onFreeTime(state, { nowMs: atMs + 1000, whyNoFrame: why }, moving, rule));
        expect(inspected(steps).map(({ place, partId }) => [place, partId])).toEqual(
          places.map((place, i) => [place % uint32, i]),
        );
      }),
    );
  });
});
