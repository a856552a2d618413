import { basename } from 'node:path';
import { PersonError } from '../base/errors.ts';
import { loadRecipes } from '../config/load.ts';
import { readManifest } from '../config/modelPackage.ts';
import type { Recipe } from '../config/recipe.ts';
import type { PlcConfig } from '../config/station.ts';
import { verdictRule } from './decide.ts';
import type { Setup } from './decided.ts';

/** All that a lane can be set up for, read once at the start: later the line does not touch the disk. */
export interface Setups {
  /** The one that the station file names. */
  first: Setup;
  /** What the PLC means by a number; the error when that cannot be used, `null` when no recipe has it. */
  numbered(number: number): Setup | PersonError | null;
}

/** Reads all recipes beside `file` with their models, for a gate behind `plc`. Throws {@link PersonError} when `file` itself is wrong. */
export const loadSetups = (file: string, plc: Pick<PlcConfig, 'tags'>): Setups => {
  const setups = new Map([...loadRecipes(file)].map(([name, recipe]) => [name, setupOf(recipe, plc)]));
  const first = setups.get(basename(file, '.toml'));
  if (first === undefined)
    throw new PersonError(`There is no recipe ${file}.`, 'Correct "recipe" in the station file, or put the recipe there.');
  if (first instanceof PersonError) throw first;
  const usable = [...setups.values()].filter((each): each is Setup => !(each instanceof PersonError));
  const broken = [...setups.values()].find((each): each is PersonError => each instanceof PersonError);
  return {
    first,
    numbered(number) {
      const found = usable.filter(({ recipe }) => recipe.number === number);
      if (found.length > 1)
        return new PersonError(
          `The recipes ${found.map(({ recipe }) => recipe.name).join(' and ')} both have the number ${number}.`,
          'Give one of them another number.',
        );
      // A broken file tells no number: it may be the one that is meant.
      return found[0] ?? broken ?? null;
    },
  };
};

const setupOf = (recipe: Recipe | PersonError, { tags }: Pick<PlcConfig, 'tags'>): Setup | PersonError => {
  if (recipe instanceof PersonError) return recipe;
  // Without a trigger's id, the place is all that names a part.
  if (recipe.tracking.mode === 'free-running' && tags.ResultGateEncoder === false)
    return new PersonError(
      `The recipe ${recipe.name} is for a camera that runs freely, and the PLC has no tag ResultGateEncoder to tell it which part is meant.`,
      'Add the tag to the PLC program and the station file, or choose a recipe with a trigger.',
    );
  try {
    return { recipe, rule: verdictRule(readManifest(recipe.model), recipe) };
  } catch (error) {
    if (error instanceof PersonError) return error;
    throw error;
  }
};
