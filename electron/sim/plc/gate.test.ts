import { describe, expect, it } from 'vitest';
import type { FromConveyor, ToConveyor } from '../../contract/wiring.ts';
import { openGate } from './gate.ts';
import type { FailSafe } from './register.ts';

const edge = (part: number, encoder: number, bad = false): FromConveyor => ({
  type: 'edge',
  part,
  encoder,
  truth: { label: 'any', bad },
});
const tick = (encoder: number): FromConveyor => ({ type: 'tick', encoder, countsPerSecond: 24_000, running: true });

const rig = (failSafe: FailSafe) => {
  const sent: ToConveyor[] = [];
  const confirmed: number[] = [];
  const triggers: number[] = [];
  const gate = openGate(
    { failSafe, gate: 'plc', gateDistance: 4000, window: 80, findParts: 'id', actuatorMs: 10 },
    {
      send: (message) => sent.push(message),
      triggered: (cell, triggerSeq) => triggers.push(cell.partId, cell.encoder, triggerSeq),
      rejectConfirmed: (partId) => confirmed.push(partId),
    },
  );
  return { gate, sent, confirmed, triggers };
};

describe('gate', () => {
  it('rejects all that it cannot know of: what lay on the belt when it was plugged in', () => {
    const { gate, sent } = rig('reject');
    gate.hear(tick(1000), false);
    gate.hear(tick(1100), false);
    expect(sent).toEqual([{ type: 'gate', openAt: 1000, closeAt: 1000 + 4000 - 80 }]);
    gate.forgetBelt();
    gate.hear(tick(2000), false);
    expect(sent.at(-1)).toEqual({ type: 'gate', openAt: 2000, closeAt: 2000 + 4000 - 80 });
  });

  it.each([
    ['reject', [{ type: 'gate', openAt: 3930, closeAt: 4090 }]],
    [
      'stop',
      [
        { type: 'belt', run: false },
        { type: 'gate', openAt: 3930, closeAt: 4090 },
      ],
    ],
    ['pass-and-mark', []],
  ] as const)('does with a part without a verdict as the fail-safe %s says', (failSafe, messages) => {
    const { gate, sent, triggers } = rig(failSafe);
    gate.hear(tick(0), true);
    sent.length = 0;
    gate.hear(edge(501, 10), true);
    expect(triggers).toEqual([501, 10, 1]);
    gate.hear(tick(3600), true);
    expect(sent).toEqual([]);
    // 80 counts of window and 240 of actuator before its place.
    gate.hear(tick(3690), true);
    gate.hear(tick(3700), true);
    expect(sent).toEqual(messages);
  });

  it('counts and confirms what left, and lets a station start its sequence anew after it was away', () => {
    const { gate, confirmed } = rig('reject');
    const result = { verdictCode: 2, reject: true, valid: true, deadline: 3000, gateEncoder: 0 };
    gate.hear(tick(0), false);
    gate.hear(edge(1, 0, true), false);
    gate.hear(edge(2, 400, true), false);
    expect(gate.result({ ...result, sequence: 70, partId: 1 })).toBe('accepted');
    gate.forgetSequence();
    expect(gate.result({ ...result, sequence: 1, partId: 2 })).toBe('accepted');
    gate.hear(tick(4500), false);
    gate.hear({ type: 'left', part: 1, ejected: true, openedBefore: 80 }, false);
    gate.hear({ type: 'left', part: 2, ejected: false, openedBefore: null }, false);
    expect(confirmed).toEqual([1]);
    expect(gate.counts()).toMatchObject({ parts: 2, bad: 2, escapes: 1, missing: 0 });
  });
});
