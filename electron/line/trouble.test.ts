import { describe, expect, it } from 'vitest';
import { noteTotals, noTrouble, troubleAt } from './trouble.ts';

describe('trouble', () => {
  it('is none while nothing grows', () => {
    const watched = noTrouble();
    noteTotals(watched, {}, 0);
    noteTotals(watched, { torn: 0 }, 100);
    expect(troubleAt(watched, 100)).toBeNull();
  });

  it('adds up while it lasts, and names the last cause', () => {
    const watched = noTrouble();
    noteTotals(watched, { black: 2 }, 0);
    noteTotals(watched, { black: 5, torn: 1 }, 100);
    expect(troubleAt(watched, 100)).toEqual({ why: 'torn', frames: 6 });
  });

  it('is shown for ten seconds after the last frame, then it begins anew', () => {
    const watched = noTrouble();
    noteTotals(watched, { torn: 1 }, 0);
    noteTotals(watched, { torn: 1 }, 10_000);
    expect(troubleAt(watched, 10_000)).toEqual({ why: 'torn', frames: 1 });
    expect(troubleAt(watched, 10_001)).toBeNull();
    noteTotals(watched, { torn: 2 }, 20_000);
    expect(troubleAt(watched, 20_000)).toEqual({ why: 'torn', frames: 1 });
  });

  it('takes a total that went down for one that was counted anew', () => {
    const watched = noTrouble();
    noteTotals(watched, { frozen: 7 }, 0);
    noteTotals(watched, { frozen: 0 }, 20_000);
    expect(troubleAt(watched, 20_000)).toBeNull();
    noteTotals(watched, { frozen: 3 }, 20_100);
    expect(troubleAt(watched, 20_100)).toEqual({ why: 'frozen', frames: 3 });
  });
});
