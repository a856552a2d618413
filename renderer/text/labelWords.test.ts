import { describe, expect, it } from 'vitest';
import type { SlowLane } from '../api/slow.ts';
import { labelWordsOf, withLabels } from './labelWords.ts';
import { wordsOf } from './language.ts';

const lane = (...labels: { name: string; words?: Record<string, string> }[]): Pick<SlowLane, 'model'> => ({
  model: {
    ...{ name: 'm', version: '1.0.0', sha8: '01234567', provider: 'cpu' },
    labels: labels.map((label) => ({ ...label, verdict: 'nok' })),
  },
});
const cracked = { name: 'cracked', words: { de: 'gebrochen' } };

describe("the words for a model's labels", () => {
  const known = labelWordsOf([lane(cracked), lane({ name: 'off-centre' })], {});

  it('are those of the package in the language of the page, else the name itself', () => {
    const reasons = (tag: 'de' | 'en') =>
      ['cracked', 'off-centre', 'unheard_of'].map(withLabels(wordsOf[tag], known).format.reason);
    expect(reasons('de')).toEqual(['gebrochen', 'off centre', 'unheard of']);
    expect(reasons('en')).toEqual(['cracked', 'off centre', 'unheard of']);
  });

  it('never take the place of a reason that every line has', () => {
    const taken = labelWordsOf([lane({ name: 'black', words: { en: 'dark part' } })], {});
    expect(withLabels(wordsOf.en, taken).format.reason('black')).toBe('picture black');
  });

  it('stay the same object while nothing is new, and while no model is known', () => {
    expect(labelWordsOf([lane(cracked), lane({ name: 'off-centre' })], known)).toBe(known);
    expect(labelWordsOf(null, known)).toBe(known);
    expect(labelWordsOf([{ model: null }], known)).toBe(known);
    expect(labelWordsOf([lane(cracked)], known)).not.toBe(known);
  });
});
