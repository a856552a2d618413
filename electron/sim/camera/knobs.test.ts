import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PersonError } from '../../base/errors.ts';
import { knobHelp, readTurn, startKnobs } from './knobs.ts';

const read = (name: string, value: string): unknown => readTurn(name, value, 160);

describe('knobs', () => {
  it.each([
    ['rate', '30', 30],
    ['speed', '9600', 60],
    ['defects', '0', 0],
    ['lighting', ' 0.4 ', 0.4],
    ['freeze', 'on', true],
    ['running', 'false', false],
    ['unplug', '500', 500],
    ['unplug', 'off', false],
    ['count', '2000', 2000],
    ['count', 'off', null],
    ['torn', '3', 3],
  ])('reads %s %s', (name, value, expected) => {
    expect(read(name, value)).toEqual({ name: name === 'speed' ? 'rate' : name, value: expected });
  });

  it.each([
    ['rate', '0'],
    ['rate', ''],
    ['rate', 'fast'],
    ['rate', 'Infinity'],
    ['speed', ''],
    ['defects', '1.1'],
    ['defects', '-0.1'],
    ['focus', 'NaN'],
    ['freeze', 'maybe'],
    ['freeze', 'toString'],
    ['unplug', '-5'],
    ['count', '0'],
    ['swap', '-1'],
    ['count', '1.5'],
  ])('refuses %s "%s" in one sentence that says what it takes', (name, value) => {
    expect(() => read(name, value)).toThrow(PersonError);
    expect(() => read(name, value)).toThrow(/^"[^"]*" is no value for the knob "\w+"\.$/);
  });

  it('refuses a knob that is not there, whatever it is called', () => {
    const known = [...Object.keys(startKnobs), 'speed'];
    fc.assert(
      fc.property(
        fc.string().filter((name) => !known.includes(name)),
        (name) => {
          expect(() => read(name, '1')).toThrow(PersonError);
        },
      ),
    );
    expect(() => read('constructor', '1')).toThrow(/no knob/);
  });

  it('explains every knob', () => {
    for (const name of Object.keys(startKnobs)) expect(knobHelp[name]).toMatch(/\w/);
  });
});
