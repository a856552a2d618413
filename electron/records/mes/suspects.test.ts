import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onSaid, pick, type Said, type Suspects } from './suspects.ts';

const reports = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }));
const picked = (suspects: Suspects, nowMs: number, wasSuspect = false): string[] =>
  pick(reports('a', 'b', 'c', 'd'), suspects, { limit: 2, nowMs, wasSuspect }).map(({ id }) => id);
const refusing = (ids: string[], rest: Partial<Said> = {}): Said => ({
  offered: ids,
  refused: new Map(ids.map((id) => [id, 'no'])),
  ...{ taken: [], hasTaken: false, isCall: false },
  ...rest,
});
const none: Suspects = new Map();

describe('reports that were refused', () => {
  it('rest, while others go; then one by one, every other time, until it is known whether it is they or the MES', () => {
    const { suspects, tell } = onSaid(none, refusing(['a']), 0);
    expect(tell).toEqual([]);
    expect(picked(suspects, 499)).toEqual(['b', 'c']);
    expect(picked(suspects, 500)).toEqual(['a']);
    expect(picked(suspects, 500, true)).toEqual(['b', 'c']);
  });

  it('are not suspect where many were refused and none was taken', () => {
    expect(onSaid(none, refusing(['a', 'b']), 0).suspects.size).toBe(0);
  });

  it('are told of when another was taken beside them, and go with the others then', () => {
    const said = { offered: ['a', 'b'], taken: ['b'], hasTaken: true };
    const { suspects, tell } = onSaid(none, refusing(['a'], said), 0);
    expect(tell).toEqual([{ id: 'a', why: 'no', times: 1 }]);
    expect(picked(suspects, 500)).toEqual(['a', 'b']);
  });

  it('are forgiven together when one of them is taken after all', () => {
    let suspects: Suspects = onSaid(none, refusing(['a'], { isCall: true }), 0).suspects;
    suspects = onSaid(suspects, refusing(['b'], { isCall: true }), 0).suspects;
    const taken = { offered: ['a'], refused: new Map<string, string>(), taken: ['a'], hasTaken: true };
    expect(onSaid(suspects, refusing([], taken), 9000)).toEqual({ suspects: new Map(), tell: [] });
  });

  it('are never told of a fifth time for what was refused before another was taken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (times) => {
        let suspects: Suspects = none;
        for (let time = 0; time < times; time++) {
          const said = onSaid(suspects, refusing(['a']), 0);
          expect(said.tell).toEqual([]);
          ({ suspects } = said);
        }
        const other = { offered: ['b'], refused: new Map<string, string>(), taken: ['b'], hasTaken: true };
        const { tell, suspects: after } = onSaid(suspects, refusing([], other), 0);
        expect(tell).toEqual([{ id: 'a', why: 'no', times: Math.min(times, 4) }]);
        expect(picked(after, 0)).toEqual(['a']);
        const again = onSaid(after, refusing(['a']), 0);
        expect(again.tell).toEqual([{ id: 'a', why: 'no', times: 1 }]);
      }),
    );
  });
});
