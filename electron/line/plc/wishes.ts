import type { Owner, RecipeRequest } from '../../contract/gate.ts';

/** What the PLC, or a person at it, may want of us beside verdicts. */
export interface WishHandlers {
  /** Another recipe is wanted; also told at the start of a session, with what stands there. */
  onRecipe?(request: RecipeRequest): void;
  /** A person has reset the interlocks at the PLC. */
  onReset?(): void;
}
export const wishTags = ['RecipeReq', 'RecipeReqSeq', 'InterlockReset'] as const;
type WishTag = (typeof wishTags)[number];

/** Hears the wishes of one session: a change of the sequence is a wish, what stands there at the start only of a recipe. */
export const openWishes = (handlers: WishHandlers, owner: () => Owner): ((tag: WishTag, value: number) => void) => {
  const heard: Partial<Record<WishTag, number>> = {};
  let told: number | null = null;

  const tellRecipe = (): void => {
    const { RecipeReq: number, RecipeReqSeq: seq } = heard;
    if (number === undefined || seq === undefined || seq === told) return;
    told = seq;
    if (number > 0) handlers.onRecipe?.({ number, seq, owner: owner() });
  };

  return (tag, value) => {
    const before = heard[tag];
    heard[tag] = value;
    if (tag === 'InterlockReset') {
      if (before !== undefined && before !== value) handlers.onReset?.();
    }
    // Number and sequence of one change arrive in one message, in any order.
    else setImmediate(tellRecipe);
  };
};
