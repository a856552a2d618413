import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cell,
  emptyRegister,
  type FailSafe,
  onBelt,
  onEdge,
  onLeft,
  onResult,
  type Register,
  type Result,
} from './register.ts';

const gate = { distance: 1000, lead: 100 };
const pitch = 150;
const byId = { by: 'id' } as const;
const byPlace = { by: 'place', distance: 1000, tolerance: 40 } as const;
const uint32 = 2 ** 32;

const edge = (part: number, encoder: number) => ({ type: 'edge' as const, part, encoder, truth: { label: 'good', bad: false } });
const result = (sequence: number, partId: number, rest: Partial<Result> = {}): Result => ({
  sequence,
  partId,
  verdictCode: 1,
  reject: false,
  valid: true,
  deadline: 2 ** 31 - 1,
  gateEncoder: 0,
  ...rest,
});
const filled = (parts: number): Register => {
  const register = emptyRegister(1);
  for (let part = 1; part <= parts; part++) onEdge(register, edge(part, part * pitch));
  return register;
};

describe('shift register', () => {
  it('decides every part exactly once and in order, whatever verdicts come when', () => {
    const step = fc.record({
      counts: fc.integer({ min: 0, max: 400 }),
      /** Counted back from the newest part; some are unknown or long gone. */
      results: fc.array(
        fc.record({ back: fc.integer({ min: -2, max: 15 }), reject: fc.boolean(), lead: fc.integer({ min: -200, max: 800 }) }),
      ),
      blind: fc.boolean(),
      bypass: fc.boolean(),
    });
    const start = fc.constantFrom(0, uint32 - 700);
    const failSafes = fc.constantFrom<FailSafe>('reject', 'stop', 'pass-and-mark');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), start, failSafes, (steps, startEncoder, failSafe) => {
        const register = emptyRegister(7);
        const accepted = new Map<number, boolean>();
        const decided: Cell[] = [];
        let [travelled, parts, sequence] = [0, 0, 0];
        for (const { counts, results, blind, bypass } of steps) {
          travelled += counts;
          const encoder = (startEncoder + travelled) % uint32;
          for (; (parts + 1) * pitch <= travelled; parts++)
            onEdge(register, edge(parts + 1, (startEncoder + (parts + 1) * pitch) % uint32));
          for (const { back, reject, lead } of results) {
            const partId = 7 + parts - 1 - back;
            sequence += 1;
            const answer = onResult(
              register,
              result(sequence, partId, { reject, deadline: (encoder + lead + uint32) % uint32 }),
              encoder,
              byId,
            );
            if (answer !== 'accepted') continue;
            expect(accepted.has(partId)).toBe(false);
            expect(decided.some((cell) => cell.partId === partId)).toBe(false);
            expect(lead).toBeGreaterThanOrEqual(0);
            accepted.set(partId, reject);
          }
          const now = onBelt(register, encoder, gate, { failSafe, blind, bypass });
          for (const cell of now) {
            const reject = accepted.get(cell.partId);
            const missing = reject === undefined || blind;
            expect(cell.decision).toEqual({
              reject: !bypass && (missing ? failSafe !== 'pass-and-mark' : reject),
              stop: !bypass && missing && failSafe === 'stop',
              missing,
            });
          }
          decided.push(...now);
        }
        const reached = Math.max(0, Math.floor((travelled - gate.distance + gate.lead) / pitch));
        expect(decided.map((cell) => cell.part)).toEqual(
          Array.from({ length: Math.min(parts, reached) }, (_, index) => index + 1),
        );
      }),
    );
  });

  it('refuses a part id it never gave, a sequence that does not grow, an invalid result, a second verdict', () => {
    const register = filled(3);
    expect(onResult(register, result(1, 4), 450, byId)).toBe('refused');
    expect(onResult(register, result(1, 0), 450, byId)).toBe('refused');
    expect(onResult(register, result(1, 2, { valid: false }), 450, byId)).toBe('refused');
    expect(onResult(register, result(5, 2), 450, byId)).toBe('accepted');
    expect(onResult(register, result(6, 2), 450, byId)).toBe('refused');
    expect(onResult(register, result(6, 3), 450, byId)).toBe('refused');
    expect(onResult(register, result(7, 3), 450, byId)).toBe('accepted');
  });

  it('calls a verdict late after its deadline, after the decision, and after the part has left', () => {
    const register = filled(3);
    expect(onResult(register, result(1, 3, { deadline: 449 }), 450, byId)).toBe('late');
    onBelt(register, pitch + gate.distance - gate.lead, gate, { failSafe: 'reject', blind: false, bypass: false });
    expect(onResult(register, result(2, 1), 1050, byId)).toBe('late');
    expect(onLeft(register, 1)).toMatchObject({ part: 1, decision: { reject: true, missing: true } });
    expect(onResult(register, result(3, 1), 1200, byId)).toBe('late');
    expect(onLeft(register, 1)).toBeNull();
  });

  it('finds a part by its place, whatever the vision system numbers it, and none where none is', () => {
    const register = filled(3);
    const at = (gateEncoder: number, sequence: number) =>
      onResult(register, result(sequence, 900 + sequence, { gateEncoder, reject: true }), 450, byPlace);
    expect(at(1300 + 39, 1)).toBe('accepted');
    expect(at(1300 - 39, 2)).toBe('refused');
    expect(at(1450 - 41, 3)).toBe('refused');
    expect([...register.cells.values()].map(({ verdict }) => verdict)).toEqual([
      null,
      { code: 1, reject: true, partId: 901 },
      null,
    ]);
    expect(onResult(register, result(4, 904, { gateEncoder: 1000, deadline: 440 }), 450, byPlace)).toBe('late');
  });

  it('gives every part its own verdict by place, over the wrap of the encoder, however parts are spaced', () => {
    const gaps = fc.array(fc.integer({ min: 90, max: 400 }), { minLength: 1, maxLength: 12 });
    const seen = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(gaps, seen, fc.constantFrom(5000, uint32 - 900), (each, offs, start) => {
        const register = emptyRegister(1);
        const places = each.reduce<number[]>((all, gap) => [...all, ((all.at(-1) ?? start) + gap) % uint32], []);
        for (const [i, place] of places.entries()) onEdge(register, edge(i + 1, place));
        for (const [i, place] of places.entries()) {
          const gateEncoder = (place + 1000 + (offs[i] ?? 0) + uint32) % uint32;
          const named = result(i + 1, 77, { gateEncoder, verdictCode: i, deadline: gateEncoder });
          expect(onResult(register, named, start, byPlace)).toBe('accepted');
        }
        expect([...register.cells.values()].map(({ verdict }) => verdict?.code)).toEqual(places.map((_, i) => i));
      }),
    );
  });
});
