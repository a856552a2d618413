import { isDeepStrictEqual } from 'node:util';
import { forPerson, PersonError } from '../base/errors.ts';
import type { Recipe } from '../config/recipe.ts';
import type { RecipeRefusal, RecipeRequest } from '../contract/gate.ts';
import type { Setup } from './decided.ts';

/** What is known when the PLC wants another recipe. */
export interface SwitchFacts {
  wanted: Setup | PersonError | null;
  active: Setup;
  /** Parts that wait for their verdict or for the PLC's answer. */
  underway: number;
  /** A switch has begun and not ended. */
  switching: boolean;
}

export type SwitchPlan =
  | { do: 'acknowledge' }
  | { do: 'refuse'; why: RecipeRefusal; what: string }
  /** At once: camera and model stay as they are. */
  | { do: 'use'; setup: Setup }
  /** The camera process starts anew; `Ready` is 0 meanwhile. */
  | { do: 'restart'; setup: Setup };

/** What a camera process is started with: a change of it needs another. */
const madeFor = ({ model, roi, tracking, images }: Recipe) => ({ model, roi, mode: tracking.mode, quality: images.jpegQuality });

/** What to do about a request. Pure. // reject-gate §2: job change with acknowledge and error */
export const planSwitch = (
  { number, owner }: RecipeRequest,
  { wanted, active, underway, switching }: SwitchFacts,
): SwitchPlan => {
  const refuse = (why: RecipeRefusal, what: string): SwitchPlan => ({ do: 'refuse', why, what });
  if (switching) return refuse('busy', `Recipe ${number} was refused: another switch is under way.`);
  if (wanted === null) return refuse('unknown', `Recipe ${number} was refused: no recipe has this number.`);
  if (wanted instanceof PersonError) return refuse('faulty', `Recipe ${number} was refused: ${forPerson(wanted)}`);
  if (wanted.recipe.name === active.recipe.name) return { do: 'acknowledge' };
  if (owner === 'person') return refuse('local', `Recipe ${number} was refused: a person at the machine has control.`);
  if (underway > 0) return refuse('busy', `Recipe ${number} was refused: ${underway} part(s) wait for their verdict.`);
  return { do: isDeepStrictEqual(madeFor(wanted.recipe), madeFor(active.recipe)) ? 'use' : 'restart', setup: wanted };
};
