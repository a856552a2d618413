import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromWire, toWire, type Wire } from './wire.ts';

const wire = (type: Wire['type'], scale = 1, offset = 0): Wire => ({ type, scale, offset });
const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('values on the wire', () => {
  it('keeps an encoder count of 32 bit in the signed variable of a PLC, there and back', () => {
    fc.assert(
      fc.property(uint32, (count) => {
        const held = toWire(wire('Int32'), 'UInt32', count);
        expect(held).toBe(count | 0);
        expect(fromWire(wire('Int32'), 'UInt32', held)).toBe(count);
      }),
    );
  });

  it('lets a sequence wrap in a smaller variable as a counter of the PLC does', () => {
    expect([65_535, 65_536, 65_537].map((seq) => toWire(wire('UInt16'), 'UInt32', seq))).toEqual([65_535, 0, 1]);
    expect(toWire(wire('Int16'), 'UInt32', 40_000)).toBe(40_000 - 65_536);
  });

  it.each([
    ['a rate in tenths', wire('Int16', 0.1), 'Float', [245, 24.5]],
    ['a temperature with an offset', wire('UInt16', 1, -40), 'Float', [60, 20]],
    ['a switch as a number', wire('Byte'), 'Boolean', [1, 1]],
    ['a mode as a word', wire('Int16'), 'Byte', [2, 2]],
  ] as const)('scales %s', (_what, how, type, [held, ours]) => {
    expect(Number(fromWire(how, type, held))).toBeCloseTo(ours);
    expect(Number(toWire(how, type, ours))).toBe(held);
  });

  it('writes a score per mille, and a verdict into a text', () => {
    expect(toWire(wire('Int16', 0.001), 'Float', 0.987)).toBe(987);
    expect(toWire(wire('String'), 'Byte', 2)).toBe('2');
  });
});
