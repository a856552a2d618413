import { describe, expect, it } from 'vitest';
import type { ToConveyor } from '../../contract/wiring.ts';
import { openOpenings } from './opening.ts';
import { openOutput } from './output.ts';
import type { FailSafe } from './register.ts';

const rig = (failSafe: FailSafe) => {
  const sent: ToConveyor[] = [];
  const output = openOutput({ failSafe, actuatorMs: 30 }, (message) => sent.push(message));
  return { output, sent };
};
const level = (open: boolean): ToConveyor => ({ type: 'output', open, lagMs: 30 });

describe('the output that the station switches', () => {
  it('follows the station, each change once', () => {
    const { output, sent } = rig('reject');
    output.watch({ blind: false, bypass: false });
    for (const open of [false, false, true, true, false]) output.tell(open);
    expect(sent).toEqual([level(true), level(false), level(true), level(false)]);
  });

  it.each([
    ['reject', [level(true)]],
    ['stop', [{ type: 'belt', run: false }, level(true)]],
    ['pass-and-mark', []],
  ] as const)(
    'takes the safe state of %s when the station is silent, and keeps it until it is told anew',
    (failSafe, messages) => {
      const { output, sent } = rig(failSafe);
      output.watch({ blind: false, bypass: false });
      output.tell(false);
      sent.length = 0;
      output.watch({ blind: true, bypass: false });
      output.tell(false);
      output.watch({ blind: false, bypass: false });
      expect(sent).toEqual(messages);
    },
  );

  it('lets everything pass while a person wants it, and tells the valve again after its wire was cut', () => {
    const { output, sent } = rig('reject');
    output.watch({ blind: false, bypass: false });
    output.watch({ blind: false, bypass: true });
    output.tell(true);
    output.plugged();
    expect(sent).toEqual([level(true), level(false), level(false)]);
  });
});

describe('how well the gate is timed', () => {
  it('is told of parts that went out alone, in counts and at their speed', () => {
    const openings = openOpenings(80);
    openings.add(1000, 70, 10_000);
    openings.add(1160, 230, 10_000);
    openings.add(5000, 110, 10_000);
    expect(openings.figures()).toEqual({
      count: 2,
      meanCounts: -10,
      p99Counts: 30,
      maxCounts: 30,
      meanMs: -1,
      p99Ms: 3,
      maxMs: 3,
    });
    openings.reset();
    expect(openings.figures()).toMatchObject({ count: 0, meanCounts: 0, maxMs: 0 });
  });
});
