import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JobState, onJobCommand } from './job.ts';

const command = fc.constantFrom('store' as const, 'start' as const, 'stop' as const, 'abort' as const);
const order = fc.constantFrom('A', 'B', 'C');

describe('job orders', () => {
  it('run one at a time, end for good, and are stored once, whatever is commanded', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(command, order), { maxLength: 40 }), (commands) => {
        const states = new Map<string, JobState>();
        for (const [what, which] of commands) {
          const running = [...states].find(([, state]) => state === 'running')?.[0] ?? null;
          const before = states.get(which) ?? null;
          const step = onJobCommand(what, before, running);
          if (before === 'ended' || before === 'aborted') expect(step.status).not.toBe('done');
          if (what === 'store') expect(step.status).toBe(before === null ? 'done' : 'known-already');
          if (step.status === 'done') states.set(which, step.state);
          expect([...states.values()].filter((state) => state === 'running').length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it.each([
    ['start', 'allowed-to-start', null, { status: 'done', state: 'running' }],
    ['start', 'allowed-to-start', 'B', { status: 'another-runs' }],
    ['start', 'running', 'A', { status: 'not-in-this-state' }],
    ['start', null, null, { status: 'unknown-order' }],
    ['stop', 'running', 'A', { status: 'done', state: 'ended' }],
    ['stop', 'allowed-to-start', null, { status: 'not-in-this-state' }],
    ['abort', 'running', 'A', { status: 'done', state: 'aborted' }],
    ['abort', 'ended', null, { status: 'not-in-this-state' }],
  ] as const)('%s in state %s while %s runs', (what, state, running, step) => {
    expect(onJobCommand(what, state, running)).toEqual(step);
  });
});
