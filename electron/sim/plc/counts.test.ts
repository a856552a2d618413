import { describe, expect, it } from 'vitest';
import { countAnswer, countLeft, noCounts } from './counts.ts';
import type { Cell } from './register.ts';

const cell = (bad: boolean, code: number | null): Cell => ({
  part: 1,
  partId: 1,
  encoder: 0,
  bad,
  verdict: code === null ? null : { code, reject: false, partId: 1 },
  decision: { reject: false, stop: false, missing: code === null },
});

describe('what the PLC counts', () => {
  it('counts by what physically happened, not by what was commanded', () => {
    const counts = noCounts();
    countLeft(counts, cell(true, 1), false);
    countLeft(counts, cell(true, 2), true);
    countLeft(counts, cell(false, 2), true);
    countLeft(counts, cell(false, 3), false);
    countLeft(counts, cell(false, 4), false);
    countLeft(counts, cell(false, null), true);
    countAnswer(counts, 'late');
    countAnswer(counts, 'refused');
    countAnswer(counts, 'accepted');
    expect(counts).toEqual({
      parts: 6,
      bad: 2,
      escapes: 1,
      falseRejects: 2,
      late: 1,
      missing: 1,
      refused: 1,
      unsure: 1,
      errors: 1,
      wrongActions: 3,
      accepted: 1,
    });
  });
});
