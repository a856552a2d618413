import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameScored } from '../contract/frame.ts';
import type { Trigger } from '../contract/gate.ts';
import type { Step } from './step.ts';
import { emptyTracking, onFrame, onTime, onTrigger } from './track.ts';

const rule = { toleranceCounts: 2, frameTimeoutMs: 120, leastSpacingCounts: 0, mostWaiting: 100 };
const pitch = 160;

const trigger = (part: number, receivedAtMs = 0): Trigger => ({
  triggerSeq: part,
  partId: part,
  encoder: (part * pitch) % 2 ** 32,
  receivedAtMs,
});
const frame = (part: number, encoder: number | null = (part * pitch) % 2 ** 32): FrameScored => ({
  type: 'scored',
  sequence: part,
  missedBefore: 0,
  encoder,
  exposedAtMs: null,
  inMemoryAtMs: 0,
  preparedAtMs: 0,
  inferredAtMs: 0,
  scores: [],
  fault: null,
  parts: null,
});
const word = (step: Step): string => {
  switch (step.do) {
    case 'inspected':
      return `${step.trigger.partId}=${step.frames.map(({ sequence }) => sequence).join('+')}`;
    case 'notInspected':
      return `${step.trigger.partId}:${step.why}`;
    case 'forgetFrame':
      return `forget ${step.frame.sequence}`;
    case 'note':
      return `${step.kind} ${step.count}`;
  }
};
const words = (steps: Step[]): string[] => steps.map(word);

describe('tracking', () => {
  it('brings a trigger and its frame together, whichever comes first', () => {
    const tracking = emptyTracking();
    expect(words(onTrigger(tracking, trigger(1), rule))).toEqual([]);
    expect(words(onFrame(tracking, frame(1), rule))).toEqual(['1=1']);
    expect(words(onFrame(tracking, frame(2), rule))).toEqual([]);
    expect(words(onTrigger(tracking, trigger(2), rule))).toEqual(['2=2']);
  });

  it('says which part was not inspected when its frame was lost', () => {
    const tracking = emptyTracking();
    onTrigger(tracking, trigger(1), rule);
    onTrigger(tracking, trigger(2), rule);
    expect(words(onFrame(tracking, frame(2), rule))).toEqual(['1:frame-lost', '2=2']);
  });

  it('forgets a frame whose trigger never came', () => {
    const tracking = emptyTracking();
    onFrame(tracking, frame(1), rule);
    onFrame(tracking, frame(2), rule);
    expect(words(onTrigger(tracking, trigger(2), rule))).toEqual(['forget 1', '2=2']);
  });

  it('takes frames in order when the camera tells no encoder', () => {
    const tracking = emptyTracking();
    onTrigger(tracking, trigger(1), rule);
    onTrigger(tracking, trigger(2), rule);
    expect(words([...onFrame(tracking, frame(1, null), rule), ...onFrame(tracking, frame(2, null), rule)])).toEqual([
      '1=1',
      '2=2',
    ]);
  });

  it('gives up on a trigger after the time-out, with the reason it is told', () => {
    const tracking = emptyTracking();
    onTrigger(tracking, trigger(1, 0), rule);
    onTrigger(tracking, trigger(2, 100), rule);
    expect(words(onTime(tracking, 119, rule))).toEqual([]);
    expect(words(onTime(tracking, 130, rule, { framesCome: true, why: 'camera-lost' }))).toEqual(['1:camera-lost']);
    expect(words(onFrame(tracking, frame(2), rule))).toEqual(['2=2']);
  });

  it('lets no part wait when no frame can come, but where only their order tells frames apart', () => {
    for (const [encoder, given] of [
      [pitch, ['2:inference-hangs']],
      [null, []],
    ] as const) {
      const tracking = emptyTracking();
      onTrigger(tracking, trigger(1), rule);
      onFrame(tracking, frame(1, encoder), rule);
      onTrigger(tracking, trigger(2, 100), rule);
      expect(words(onTime(tracking, 101, rule, { framesCome: false, why: 'inference-hangs' }))).toEqual(given);
    }
  });

  it('knows its parts across the wrap of the encoder', () => {
    const tracking = emptyTracking();
    onTrigger(tracking, { ...trigger(1), encoder: 2 ** 32 - 1 }, rule);
    expect(words(onFrame(tracking, frame(1, 1), rule))).toEqual(['1=1']);
  });

  it('ends every trigger exactly once, in order, and never with another part’s frame, whatever is lost and delayed', () => {
    const world = fc.array(
      fc.record({ hasTrigger: fc.boolean(), hasFrame: fc.boolean(), delay: fc.integer({ min: 0, max: 3 }) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(world, (parts) => {
        const tracking = emptyTracking();
        const steps: Step[] = [];
        // Triggers in order; frames in order too, each up to three parts later.
        const frames: { part: number; at: number }[] = [];
        let latest = 0;
        parts.forEach((part, index) => {
          latest = Math.max(latest, index + part.delay);
          if (part.hasFrame) frames.push({ part: index, at: latest });
        });
        for (let now = 0; now < parts.length + 4; now++) {
          if (parts[now]?.hasTrigger === true)
            steps.push(...onTrigger(tracking, { ...trigger(now, now * 20), triggerSeq: now }, rule));
          for (const due of frames.filter(({ at }) => at === now))
            steps.push(...onFrame(tracking, { ...frame(due.part), inMemoryAtMs: now * 20 }, rule));
        }
        steps.push(...onTime(tracking, 1e6, rule));
        const ended = steps.flatMap((step) => ('trigger' in step ? [step.trigger.partId] : []));
        expect(ended).toEqual(parts.flatMap((part, index) => (part.hasTrigger ? [index] : [])));
        for (const step of steps) if (step.do === 'inspected') expect(step.frames[0].sequence).toBe(step.trigger.partId);
      }),
    );
  });
});
