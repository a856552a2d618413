import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trigger } from '../contract/gate.ts';
import { noAdmission, refuseTrigger } from './admit.ts';

const rule = { leastSpacingCounts: 100, mostWaiting: 8 };
const uint32 = 2 ** 32;
const trigger = (triggerSeq: number, partId = triggerSeq, encoder = partId * 160): Trigger => ({
  triggerSeq: triggerSeq % uint32,
  partId: partId % uint32,
  encoder: encoder % uint32,
  receivedAtMs: 0,
});
const words = (steps: ReturnType<typeof refuseTrigger>): string[] | null =>
  steps?.map((step) => (step.do === 'note' ? `${step.kind} ${step.count}` : step.do === 'notInspected' ? step.why : step.do)) ??
  null;

describe('which triggers are parts', () => {
  it.each([
    ['the same id again', trigger(2, 1), ['double-trigger 1']],
    ['another id at the same place', trigger(2, 2, 170), ['double-trigger 1', 'double-trigger']],
    ['an id that skips', trigger(2, 5), ['id-jump 3', 'id-jump']],
    ['an id that goes back', trigger(2, 0, 320), ['id-jump 2', 'id-jump']],
    ['the next', trigger(2), null],
    ['the next after some that were never heard', trigger(9), null],
  ] as const)('%s', (_what, second, expected) => {
    const state = noAdmission();
    expect(refuseTrigger(state, trigger(1), 0, rule)).toBeNull();
    expect(words(refuseTrigger(state, second, 0, rule))).toEqual(expected);
  });

  it('misses a trigger while too many wait for their frames', () => {
    expect(words(refuseTrigger(noAdmission(), trigger(1), 8, rule))).toEqual(['missed-trigger 1', 'missed-trigger']);
  });

  it('takes a PLC that counts anew for a new one, and its ids too', () => {
    const state = noAdmission();
    for (const seq of [501, 502]) refuseTrigger(state, trigger(seq), 0, rule);
    expect(refuseTrigger(state, trigger(1, 501, 999_999), 0, rule)).toBeNull();
  });

  it('counts exactly whatever comes: parts, bounces, repeated and skipped ids, across the wrap of every counter', () => {
    const kinds = fc.constantFrom('part' as const, 'bounce' as const, 'again' as const, 'skip' as const);
    fc.assert(
      fc.property(fc.array(kinds, { maxLength: 80 }), fc.integer({ min: 0, max: uint32 - 1 }), (events, start) => {
        const state = noAdmission();
        const told = { parts: 0, 'double-trigger': 0, 'id-jump': 0, errors: 0 };
        let [seq, id, encoder] = [start, start, start];
        const come = (): void => {
          const steps = refuseTrigger(state, trigger(seq++, id, encoder), 0, rule);
          if (steps === null) told.parts += 1;
          for (const step of steps ?? []) {
            if (step.do === 'notInspected') told.errors += 1;
            if (step.do === 'note' && step.kind in told) told[step.kind as 'id-jump'] += step.count;
          }
        };
        const wanted = { parts: 1, 'double-trigger': 0, 'id-jump': 0, errors: 0 };
        come();
        for (const event of events) {
          if (event !== 'again') id += event === 'skip' ? 4 : 1;
          if (event === 'part' || event === 'skip') encoder = (encoder + 160) % uint32;
          come();
          if (event === 'part') wanted.parts += 1;
          else if (event === 'skip') wanted['id-jump'] += 3;
          else wanted['double-trigger'] += 1;
          if (event === 'bounce' || event === 'skip') wanted.errors += 1;
        }
        expect(told).toEqual(wanted);
      }),
    );
  });
});
