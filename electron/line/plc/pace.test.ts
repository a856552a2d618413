import { describe, expect, it } from 'vitest';
import { judgePace } from './pace.ts';

describe('how often a PLC tells', () => {
  it.each([
    ['as often as asked', { samplingMs: 1, publishingMs: 1 }, null],
    ['as often as a small one can', { samplingMs: 50, publishingMs: 100 }, null],
    ['less often than its heartbeat must be seen', { samplingMs: 100, publishingMs: 100 }, /160 ms together/],
  ])('%s', (_what, pace, fault) => {
    const found = judgePace(pace);
    if (fault === null) expect(found).toBeNull();
    else expect(found).toMatch(fault);
  });
});
