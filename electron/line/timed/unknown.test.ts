import { describe, expect, it } from 'vitest';
import { hearBelt, unheardBelt } from '../reading.ts';
import { emptyPlan } from './plan.ts';
import { openUnknown } from './unknown.ts';

const rig = (failSafe: 'reject' | 'stop' | 'pass-and-mark') => {
  const plan = emptyPlan();
  let starts = 0;
  const gate = { distanceCounts: 4000, pulseCounts: 160, failSafe };
  const unknown = openUnknown(
    plan,
    () => gate,
    () => {
      starts += 1;
    },
  );
  let belt = unheardBelt();
  const read = (encoder: number, ms: number): void => unknown.onBelt((belt = hearBelt(belt, { encoder }, ms)));
  return { plan, unknown, read, starts: () => starts };
};

describe('what nobody knows of', () => {
  it('is all that lies between sensor and gate at the start, once and told', () => {
    const { plan, read, starts } = rig('reject');
    expect(starts()).toBe(0);
    read(1000, 10);
    read(1100, 30);
    expect(plan.unknown).toEqual([{ from: 1000, to: 4920 }]);
    expect(starts()).toBe(1);
  });

  it('is what came between two triggers when those between were missed, or since the last until now', () => {
    const { plan, unknown, read } = rig('stop');
    read(1000, 10);
    plan.unknown = [];
    unknown.onTrigger({ encoder: 2000 });
    unknown.onMissed();
    unknown.onTrigger({ encoder: 2800 });
    unknown.onMissed();
    read(3300, 50);
    read(3400, 70);
    expect(plan.unknown).toEqual([
      { from: 6080, to: 6720 },
      { from: 6880, to: 7220 },
    ]);
  });

  it('passes where the recipe says so', () => {
    const { plan, unknown, read, starts } = rig('pass-and-mark');
    read(1000, 10);
    unknown.onMissed();
    read(1200, 30);
    expect(plan.unknown).toEqual([]);
    expect(starts()).toBe(1);
  });
});
