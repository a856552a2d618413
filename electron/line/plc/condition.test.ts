import { describe, expect, it } from 'vitest';
import { challengeNow, lets, onCondition, wellCondition } from './condition.ts';

describe('how the machine is', () => {
  it('records a bypass with its beginning, its end and its time', () => {
    const condition = wellCondition(0);
    expect(onCondition(condition, 'Mode', 1, 5000)).toBeNull();
    expect(onCondition(condition, 'Mode', 2, 10_000)).toEqual({
      kind: 'mode-changed',
      what: 'Mode bypass after 10 s of auto. Nothing is rejected.',
    });
    expect(lets(condition)).toBe(true);
    // Told again with every new session.
    expect(onCondition(condition, 'Mode', 2, 20_000)).toBeNull();
    expect(onCondition(condition, 'Mode', 1, 70_000)?.what).toBe('Mode auto after 60 s of bypass.');
    expect(lets(condition)).toBe(false);
  });

  it('keeps its mode when the PLC writes one that there is not', () => {
    const condition = wellCondition(0);
    onCondition(condition, 'Mode', 2, 1);
    expect(onCondition(condition, 'Mode', 9, 2)).toBeNull();
    expect(condition.mode).toBe('bypass');
  });

  it('knows which part of a challenge comes', () => {
    const condition = wellCondition(0);
    onCondition(condition, 'ChallengeGood', true, 1);
    expect(challengeNow(condition)).toBeNull();
    onCondition(condition, 'Mode', 3, 2);
    expect(challengeNow(condition)).toBe('good');
    onCondition(condition, 'ChallengeGood', false, 3);
    expect(challengeNow(condition)).toBe('bad');
  });

  it('names the owner once a change', () => {
    const condition = wellCondition(0);
    expect(onCondition(condition, 'LocalControl', false, 0)).toBeNull();
    expect(onCondition(condition, 'LocalControl', true, 0)?.kind).toBe('control-changed');
    expect(condition.owner).toBe('person');
    expect(onCondition(condition, 'LocalControl', true, 0)).toBeNull();
  });

  it.each([
    ['RejectBinFull', true, { binFull: true }],
    ['AirOk', false, { airOk: false }],
  ] as const)('knows of %s', (tag, value, changed) => {
    const condition = wellCondition(0);
    expect(onCondition(condition, tag, value, 0)).toBeNull();
    expect(condition).toMatchObject(changed);
  });
});
