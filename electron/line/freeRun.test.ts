import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameScored } from '../contract/frame.ts';
import { emptyFreeRun, onFreeFrame, onFreeTime } from './freeRun.ts';
import type { Belt } from './schedule.ts';
import type { Step } from './step.ts';

// Two counts a pixel, parts go from left to right, the region of interest is 200 px wide around 640.
const rule = { toleranceCounts: 8, countsPerPx: 2, lostMs: 40, middlePx: 640, gateCounts: 4000 };
const moving: Belt = { countsPerSecond: 8000, running: true, at: null };
const standing: Belt = { ...moving, running: false };
const uint32 = 2 ** 32;

/** A frame at `encoder`, with the part whose centre is in the middle at `place`, if it is in view there. */
const frameAt = (sequence: number, atMs: number, encoder: number, places: readonly number[]): FrameScored => {
  const centres = places.map((place) => 640 + (encoder - place) / rule.countsPerPx);
  const centrePx = centres.find((px) => Math.abs(px - 640) <= 100);
  return {
    ...{ type: 'scored', sequence, missedBefore: 0, exposedAtMs: null, encoder: encoder % uint32, fault: null },
    ...{ inMemoryAtMs: atMs, preparedAtMs: atMs, inferredAtMs: atMs, scores: [] },
    part: { inView: centrePx !== undefined, centrePx: centrePx ?? 0 },
  };
};
const inspected = (steps: Step[]) =>
  steps.flatMap((step) =>
    step.do === 'inspected' ? [{ place: step.trigger.encoder, frames: step.frames.length, ...step.trigger }] : [],
  );

describe('tracking without a trigger', () => {
  it('brings the frames of a part together and ends it when it is out of sight', () => {
    const state = emptyFreeRun(7);
    const steps: Step[] = [];
    for (let i = 0; i < 20; i++) steps.push(...onFreeFrame(state, frameAt(i, i * 10, 700 + i * 80, [1000]), moving, rule));
    expect(inspected(steps)).toMatchObject([{ partId: 7, place: 1000, frames: 5 }]);
  });

  it('knows when a part was in the middle, for the deadline', () => {
    const state = emptyFreeRun(0);
    onFreeFrame(state, frameAt(1, 100, 920, [1000]), moving, rule);
    // 80 counts to go at 8 counts a millisecond.
    expect(inspected(onFreeTime(state, 141, moving, rule))).toMatchObject([{ receivedAtMs: 110 }]);
  });

  it('holds a part that stands under the camera, with bounded memory, and ends it after the belt has gone on', () => {
    const state = emptyFreeRun(0);
    for (let i = 0; i < 500; i++) {
      expect(inspected(onFreeFrame(state, frameAt(i, i * 16, 1000, [1000]), standing, rule))).toEqual([]);
      expect(onFreeTime(state, i * 16 + 8, standing, rule)).toEqual([]);
    }
    expect(inspected(onFreeTime(state, 8100, moving, rule))).toMatchObject([{ place: 1000, frames: 32 }]);
  });

  it('follows the belt by time where the camera tells no encoder count', () => {
    const state = emptyFreeRun(0);
    const steps: Step[] = [];
    for (let i = 0; i < 12; i++) {
      const belt: Belt = { ...moving, at: { encoder: 900, heardAtMs: 0 } };
      steps.push(...onFreeFrame(state, { ...frameAt(i, i * 10, 900 + i * 80, [1000]), encoder: null }, belt, rule));
    }
    expect(inspected(steps)).toMatchObject([{ place: 1000, frames: 4 }]);
  });

  it('goes on when the encoder was set anew', () => {
    const state = emptyFreeRun(0);
    onFreeFrame(state, frameAt(1, 0, 900_000, [900_000]), moving, rule);
    expect(inspected(onFreeFrame(state, frameAt(2, 100, 500, [500]), moving, rule))).toHaveLength(1);
    expect(inspected(onFreeTime(state, 200, moving, rule))).toMatchObject([{ place: 500 }]);
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
        steps.push(...onFreeTime(state, atMs + 1000, moving, rule));
        expect(inspected(steps).map(({ place, partId }) => [place, partId])).toEqual(
          places.map((place, i) => [place % uint32, i]),
        );
      }),
    );
  });
});
