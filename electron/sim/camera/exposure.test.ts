import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blur } from './blur.ts';
import { createSensor } from './exposure.ts';
import { frameHeight, frameWidth, fullLight, lightMap } from './light.ts';

const window = { x: 480, y: 200, width: 64, height: 16 };
const bytesOf = (values: number[]): Buffer =>
  Buffer.from(Array.from({ length: 64 * 16 }, (_, i) => values[i % values.length] ?? 0));

describe('exposure', () => {
  it('does four pixels at once what the slow rule does one by one', () => {
    const sensor = createSensor();
    const light = lightMap(0.5, 4);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 7, maxLength: 61 }),
        fc.double({ min: 0, max: 1.8, noNaN: true }),
        (values, gain) => {
          const before = bytesOf(values);
          const after = Buffer.from(before);
          sensor.expose(after, window, { light, gain, noise: 0, blurPx: 0, seed: 1 });
          const pedestal = 9;
          for (const [i, value] of before.entries()) {
            const at = (Math.floor(i / 64) + window.y) * frameWidth + window.x + (i % 64);
            const factor = ((light[at >> 2] ?? 0) * Math.round(gain * 256)) >> 8;
            expect(after[i]).toBe(Math.min(255, Math.floor((value * factor) / fullLight) + pedestal));
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('gives the same noise for the same seed, another for another, and none below black or above white', () => {
    const sensor = createSensor();
    const light = lightMap(0, 0);
    const shot = (seed: number, grey: number): Buffer => {
      const bytes = bytesOf([grey]);
      sensor.expose(bytes, window, { light, gain: 1, noise: 8, blurPx: 0, seed });
      return bytes;
    };
    expect(shot(1, 100)).toEqual(shot(1, 100));
    expect(shot(1, 100)).not.toEqual(shot(2, 100));
    expect(Math.max(...shot(3, 255))).toBe(255);
    expect(Math.max(...shot(3, 0))).toBeLessThan(110);
  });

  it('saturates under far too much light', () => {
    const bytes = bytesOf([60, 250]);
    createSensor().expose(bytes, window, { light: lightMap(0, 0), gain: 6, noise: 1, blurPx: 0, seed: 1 });
    expect(Math.min(...bytes)).toBe(255);
  });

  it('has a light map for the whole frame, darker where there is dirt', () => {
    const mean = (map: Uint8Array): number => map.reduce((sum, value) => sum + value, 0) / map.length;
    expect(lightMap(0, 0)).toHaveLength((frameWidth * frameHeight) / 4);
    expect(mean(lightMap(1, 2))).toBeLessThan(mean(lightMap(0, 2)));
  });
});

describe('blur', () => {
  it.each([0.5, 1, 2, 3.5, 6])('spreads a point of one colour to a deviation of %d pixels and keeps its light', (deviationPx) => {
    const side = 96;
    const bytes = Buffer.alloc(side * side);
    // Not a single pixel: eight bits could not hold what is left of it.
    for (let y = 40; y < 56; y += 2) for (let x = 40; x < 56; x += 2) bytes[y * side + x] = 240;
    const spread = (): { sum: number; variance: number } => {
      let [sum, first, second] = [0, 0, 0];
      for (const [i, value] of bytes.entries()) {
        sum += value;
        first += value * (i % side);
        second += value * (i % side) ** 2;
      }
      return { sum, variance: second / sum - (first / sum) ** 2 };
    };
    const before = spread();
    blur(bytes, side, deviationPx);
    const after = spread();
    expect(after.sum / before.sum).toBeCloseTo(1, 1);
    expect(Math.sqrt(after.variance - before.variance) / deviationPx).toBeCloseTo(1, 0.7);
    // Other colours stay untouched.
    expect(bytes.every((value, i) => value === 0 || (i % 2 === 0 && Math.floor(i / side) % 2 === 0))).toBe(true);
  });
});
