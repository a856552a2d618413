import { describe, expect, it } from 'vitest';
import type { PlannedPart } from './plan.ts';
import { openSensor } from './sensor.ts';

const part = (partId: number): PlannedPart => ({ partId, place: 0, reject: true, fate: 'open' });

describe('the reject-confirm sensor', () => {
  it('is waited for once it has named a part, and every part ends once', () => {
    let nowMs = 0;
    const ended: [number, string][] = [];
    const sensor = openSensor(
      () => nowMs,
      ({ partId }, seen) => void ended.push([partId, seen]),
    );
    sensor.pass(part(1));
    expect(ended).toEqual([[1, 'none']]);
    sensor.name(2, true);
    sensor.pass(part(2));
    sensor.pass(part(3));
    sensor.pass(part(4));
    expect([ended.at(-1), sensor.waiting()]).toEqual([[2, 'seen'], 2]);
    nowMs = 400;
    sensor.onTime();
    sensor.name(4, true);
    expect(ended.at(-1)).toEqual([4, 'seen']);
    nowMs = 501;
    sensor.onTime();
    sensor.onTime();
    // One that nobody planned: from a stretch that was unknown.
    sensor.name(99, false);
    expect(ended.slice(3)).toEqual([[3, 'unseen']]);
    expect(sensor.waiting()).toBe(0);
  });
});
