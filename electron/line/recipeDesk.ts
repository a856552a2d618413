import { monoMs } from '../base/clock.ts';
import type { FromVision } from '../contract/frame.ts';
import { type RecipeRefusal, type RecipeRequest, recipeRefusals } from '../contract/gate.ts';
import type { Setup } from './decided.ts';
import type { Lane } from './lane.ts';
import { planSwitch } from './recipeSwitch.ts';
import type { Setups } from './setups.ts';

/** A model that has not been loaded by then is not going to be. */
const patienceMs = 30_000;

/** What the PLC is told about the recipe it wants. */
export interface RecipeAnswer {
  recipeAck: number;
  recipeError: number;
}

/**
 * Answers the PLC's wishes for recipes and carries them out.
 *
 * What must hold: one switch at a time; each request is answered once; the answer is given when the recipe can decide,
 * not before; a model that does not run here leaves the recipe before in use.
 */
export const openRecipeDesk = (
  setups: Setups,
  lane: Pick<Lane, 'use' | 'setup' | 'underway' | 'event'>,
  restart: (setup: Setup) => void,
) => {
  let answer: RecipeAnswer = { recipeAck: 0, recipeError: 0 };
  let pending: { seq: number; before: Setup; sinceMs: number } | null = null;

  const end = (seq: number, why: RecipeRefusal): void => {
    answer = { recipeAck: seq, recipeError: recipeRefusals[why] };
  };
  const refuse = (seq: number, why: RecipeRefusal, what: string): void => {
    lane.event('recipe-refused', what);
    end(seq, why);
  };
  const use = (setup: Setup): void => {
    lane.event('recipe-switched', `From ${lane.setup().recipe.name} to ${setup.recipe.name}.`);
    lane.use(setup);
  };
  const giveUp = (why: string): void => {
    if (pending === null) return;
    const { seq, before } = pending;
    const { name } = lane.setup().recipe;
    pending = null;
    use(before);
    restart(before);
    refuse(seq, 'model-refused', `Recipe ${name} cannot be used: ${why}`);
  };

  return {
    onRequest(request: RecipeRequest): void {
      const active = lane.setup();
      const facts = { wanted: setups.numbered(request.number), active, underway: lane.underway(), switching: pending !== null };
      const plan = planSwitch(request, facts);
      if (plan.do === 'refuse') return refuse(request.seq, plan.why, plan.what);
      if (plan.do === 'acknowledge') return end(request.seq, 'none');
      use(plan.setup);
      if (plan.do === 'use') return end(request.seq, 'none');
      pending = { seq: request.seq, before: active, sinceMs: monoMs() };
      restart(plan.setup);
    },
    /** To be called after the lane has heard it. */
    onVision(message: FromVision): void {
      if (pending === null) return;
      if (message.type === 'failed') return giveUp(message.message);
      if (message.type !== 'state' || message.model === null) return;
      end(pending.seq, 'none');
      pending = null;
    },
    onTime(): void {
      if (pending !== null && monoMs() - pending.sinceMs > patienceMs) giveUp('its model was not loaded in time.');
    },
    answer: (): RecipeAnswer => answer,
  };
};
