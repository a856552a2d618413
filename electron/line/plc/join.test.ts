import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyJoin, onChange, triggerTags, type TriggerTag } from './join.ts';

describe('join of the three trigger tags', () => {
  it('gives every trigger once and in order, however the three streams are interleaved and whatever was lost of them', () => {
    const trigger = fc.record({ gapMs: fc.integer({ min: 1, max: 20 }), lost: fc.subarray([...triggerTags]) });
    // Which stream goes on next; what is left at the end follows.
    const turns = fc.array(fc.constantFrom(...triggerTags), { maxLength: 200 });
    fc.assert(
      fc.property(fc.array(trigger, { maxLength: 30 }), turns, (triggers, order) => {
        let stampMs = 0;
        const streams: Record<TriggerTag, { stampMs: number; value: number }[]> = {
          PartId: [],
          EncoderAtTrigger: [],
          TriggerSeq: [],
        };
        const whole: number[] = [];
        for (const [index, { gapMs, lost }] of triggers.entries()) {
          stampMs += gapMs;
          for (const tag of triggerTags) if (!lost.includes(tag)) streams[tag].push({ stampMs, value: index });
          if (lost.length === 0) whole.push(index);
        }
        const join = emptyJoin();
        const given: number[] = [];
        for (const tag of [...order, ...triggerTags.flatMap((each) => triggers.map(() => each))]) {
          const change = streams[tag].shift();
          if (change === undefined) continue;
          const found = onChange(join, tag, change.stampMs, change.value);
          if (found === null) continue;
          expect(new Set(Object.values(found)).size).toBe(1);
          given.push(found.TriggerSeq);
        }
        expect(given).toEqual(whole);
      }),
    );
  });
});
