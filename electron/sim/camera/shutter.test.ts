import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeRate, positionAt, startBelt } from './belt.ts';
import { type Camera, noCameraFigures } from './camera.ts';
import type { Film } from './film.ts';
import { countsPerPart, mostSpreadCounts, partOf } from './part.ts';
import { freeShutter } from './shutter.ts';
import { originPx, tapePx, type View, viewAt, viewAtSensor } from './view.ts';

const part = (number: number) => partOf(5, number, 0.1, mostSpreadCounts);
const film: Film = {
  part,
  atSensor: (number) => viewAtSensor(part(number)),
  at: (counts, belt) => viewAt(counts, part, belt),
  shot: () => ({ bytes: Buffer.alloc(0), holders: 0 }),
};

describe('a view', () => {
  it('has the part that is nearest to the middle, where the belt has brought it', () => {
    const belt = { first: 1, last: Infinity, seed: 0 };
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (counts) => {
        const view = viewAt(counts, part, belt);
        const pixels = (counts * 420) / countsPerPart;
        for (let number = view.number - 2; number <= view.number + 2; number++)
          expect(Math.abs(tapePx(part(number)) - pixels)).toBeGreaterThanOrEqual(Math.abs(view.pastPx) - 2);
        expect(Math.abs(originPx(part(view.number), view) + 640 - pixels)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('a camera that fires itself', () => {
  it('exposes at its own pace whatever the belt does, each frame where the belt was at its time', () => {
    const exposed: { view: View; encoder: number; atMs: number }[] = [];
    const camera: Camera = {
      expose: (view, encoder, atMs) => void exposed.push({ view, encoder, atMs }),
      step: () => undefined,
      nextMs: () => Infinity,
      drawAhead: () => undefined,
      forgetAhead: () => undefined,
      figures: noCameraFigures(),
    };
    const shutter = freeShutter(film, camera, { framesPerSecond: 50, encoderStart: 7000, startMs: 100, firstPart: () => 1 });
    let belt = startBelt(100, 10, 7000);
    shutter.step(belt, 200);
    belt = changeRate(belt, 200, 0);
    shutter.step(belt, 299);
    shutter.hold(500);
    shutter.step(belt, 800);
    expect(exposed.map(({ atMs }) => atMs)).toEqual([100, 120, 140, 160, 180, 200, 220, 240, 260, 280, 800]);
    expect(exposed.map(({ encoder }) => encoder)).toEqual([
      7000,
      7032,
      7064,
      7096,
      7128,
      ...Array.from({ length: 6 }, () => 7160),
    ]);
    expect(positionAt(belt, 900)).toBe(7160);
    // The noise of a sensor is never the same twice, even while the belt stands.
    expect(new Set(exposed.map(({ view }) => view.seed)).size).toBe(exposed.length);
  });
});
