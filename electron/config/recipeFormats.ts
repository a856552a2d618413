import { PersonError } from '../base/errors.ts';

/** A recipe as it stands in its file, before it is checked. */
type Raw = Readonly<Record<string, unknown>>;

/** The step from each format to the next; what has been delivered is never changed, only followed by another. */
const steps: Readonly<Record<number, (recipe: Raw) => Raw>> = {
  // Thresholds became part of a policy that may also weigh costs and single defects.
  1: ({ thresholds, ...rest }) => ({ ...rest, ...(thresholds === undefined ? {} : { policy: thresholds }), format: 2 }),
};
const newest = 1 + Math.max(...Object.keys(steps).map(Number));

const isTable = (raw: unknown): raw is Raw => typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/**
 * Brings a recipe of any earlier format to today's; the file stays as it is. One without `format` is of the first.
 * What is no recipe at all goes through: the schema says what is wrong with it. Throws {@link PersonError} when a newer
 * program has written it.
 */
export const toNewestFormat = (raw: unknown): unknown => {
  if (!isTable(raw)) return raw;
  let recipe = raw;
  for (let at = formatOf(recipe); at < newest; at = formatOf(recipe)) {
    const step = steps[at];
    if (step === undefined) return recipe;
    recipe = step(recipe);
  }
  if (formatOf(recipe) > newest)
    throw new PersonError(
      `The recipe was written for a newer version of Linegate (format ${formatOf(recipe)}, this one knows ${newest}).`,
      'Use the newer version, or the recipe as it was before.',
    );
  return recipe;
};

const formatOf = ({ format = 1 }: Raw): number => (typeof format === 'number' ? format : newest);
