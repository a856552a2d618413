import { describe, expect, it } from 'vitest';
import { PersonError } from '../base/errors.ts';
import { recipe as schema } from '../config/recipe.ts';
import { planSwitch, type SwitchFacts } from './recipeSwitch.ts';

const setup = (name: string, more: object = {}) => ({
  recipe: schema.parse({ format: 2, name, product: name, model: '/m', gate: { distanceCounts: 4000, actuatorMs: 20 }, ...more }),
  rule: { labels: [], thresholds: { ok: 0.9, nok: 0.7 }, alone: [], frames: 'worst' as const, leastFrames: 1 },
});
const active = setup('a');
const facts = (more: Partial<SwitchFacts>): SwitchFacts => ({
  wanted: setup('b'),
  active,
  underway: 0,
  switching: false,
  ...more,
});
const request = { number: 7, seq: 1, owner: 'plc' as const };

describe('switching the recipe', () => {
  it.each([
    ['parts are in flight', { underway: 2 }, 'busy', /2 part\(s\) wait/],
    ['another switch is under way', { switching: true }, 'busy', /another switch/],
    ['no recipe has the number', { wanted: null }, 'unknown', /no recipe has this number/],
    ['the recipe is wrong', { wanted: new PersonError('Torn.', 'Mend it.') }, 'faulty', /Torn\. Mend it\./],
  ] as const)('is refused, with the reason, while %s', (_when, more, why, what) => {
    const plan = planSwitch(request, facts(more));
    expect(plan).toMatchObject({ do: 'refuse', why });
    expect(plan).toHaveProperty('what', expect.stringMatching(what));
  });

  it('is refused while a person at the machine has control, unless it changes nothing', () => {
    expect(planSwitch({ ...request, owner: 'person' }, facts({}))).toMatchObject({ do: 'refuse', why: 'local' });
    expect(planSwitch({ ...request, owner: 'person' }, facts({ wanted: setup('a') }))).toEqual({ do: 'acknowledge' });
  });

  it('is acknowledged at once when the recipe is in use already, parts or not', () => {
    expect(planSwitch(request, facts({ wanted: setup('a'), underway: 3 }))).toEqual({ do: 'acknowledge' });
  });

  it('needs no new camera process for other thresholds', () => {
    expect(planSwitch(request, facts({ wanted: setup('b', { policy: { ok: 0.99 } }) })).do).toBe('use');
  });

  it.each([[{ model: '/other' }], [{ roi: { x: 0, y: 0, width: 64, height: 64 } }], [{ tracking: { mode: 'free-running' } }]])(
    'needs one for %j',
    (more) => {
      expect(planSwitch(request, facts({ wanted: setup('b', more) })).do).toBe('restart');
    },
  );
});
