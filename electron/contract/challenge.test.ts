import { describe, expect, it } from 'vitest';
import { challengePassed } from './challenge.ts';

describe('a challenge', () => {
  it.each([
    [{ challenge: 'bad', verdict: 'nok', reject: true, gate: 'executed' }, true],
    [{ challenge: 'bad', verdict: 'nok', reject: true, gate: 'acknowledged' }, true],
    [{ challenge: 'bad', verdict: 'unsure', reject: true, gate: 'commanded' }, true],
    [{ challenge: 'good', verdict: 'ok', reject: false, gate: 'commanded' }, true],
    [{ challenge: 'bad', verdict: 'ok', reject: false, gate: 'acknowledged' }, false],
    [{ challenge: 'good', verdict: 'nok', reject: true, gate: 'executed' }, false],
    [{ challenge: 'good', verdict: 'ok', reject: false, gate: 'overruled' }, false],
    [{ challenge: 'bad', verdict: 'nok', reject: true, gate: 'late' }, false],
    [{ challenge: 'bad', verdict: 'nok', reject: true, gate: 'unknown' }, false],
    [{ challenge: 'bad', verdict: 'error', reject: true, gate: 'executed' }, false],
    [{ challenge: 'bad', verdict: 'nok', reject: true, gate: 'underway' }, null],
    [{ challenge: null, verdict: 'nok', reject: true, gate: 'late' }, null],
  ] as const)('with %j passed: %s', (part, passed) => {
    expect(challengePassed(part)).toBe(passed);
  });
});
