import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parse } from 'smol-toml';
import type { z } from 'zod';
import { messageOf, PersonError } from '../base/errors.ts';
import { recipe, type Recipe } from './recipe.ts';
import { toNewestFormat } from './recipeFormats.ts';
import { station, type Station } from './station.ts';

const readToml = <T extends z.ZodType>(file: string, schema: T, what: string, prepare = (raw: unknown) => raw): z.infer<T> => {
  if (!existsSync(file)) throw new PersonError(`There is no ${what} ${file}.`, 'Correct the path.');
  let raw: unknown;
  try {
    raw = prepare(parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new PersonError(`The ${what} ${file} cannot be read: ${messageOf(cause)}.`, 'Correct the file and start again.', {
      cause,
    });
  }
  const read = schema.safeParse(raw);
  if (read.success) return read.data;
  const first = read.error.issues[0];
  throw new PersonError(
    `The ${what} ${file} is wrong at "${first?.path.join('.') ?? ''}": ${first?.message ?? 'not valid'}.`,
    'Correct the file and start again.',
    { cause: read.error },
  );
};

/** Reads and checks a station file; every path in what it returns is absolute. Throws {@link PersonError}. */
export const loadStation = (file: string): Station => {
  const read = readToml(file, station, 'station file');
  const at = (path: string): string => resolve(dirname(file), path);
  const secret = <T extends { passwordFile?: string | undefined }>(link: T): T =>
    link.passwordFile === undefined ? link : { ...link, passwordFile: at(link.passwordFile) };
  return {
    ...read,
    dataDir: at(read.dataDir),
    lane: read.lane.map((lane) => ({
      ...lane,
      recipe: at(lane.recipe),
      camera: 'path' in lane.camera ? { ...lane.camera, path: at(lane.camera.path) } : lane.camera,
      plc: secret(lane.plc),
    })),
    ...(read.mes === undefined ? {} : { mes: secret(read.mes) }),
  };
};

/** Reads and checks a recipe; `model` in what it returns is absolute. Throws {@link PersonError}. */
export const loadRecipe = (file: string): Recipe => {
  const read = readToml(file, recipe, 'recipe', toNewestFormat);
  const expected = basename(file, '.toml');
  if (read.name !== expected)
    throw new PersonError(`The recipe ${file} calls itself "${read.name}".`, `Name it "${expected}" or rename the file.`);
  return { ...read, model: resolve(dirname(file), read.model) };
};

/** All recipes of the folder that `file` lies in, by its name. One that cannot be read is in it as the error that says why. */
export const loadRecipes = (file: string): Map<string, Recipe | PersonError> => {
  const folder = dirname(file);
  const names = readdirSync(folder).filter((name) => name.endsWith('.toml'));
  return new Map(names.map((name) => [basename(name, '.toml'), orError(() => loadRecipe(join(folder, name)))]));
};

const orError = (read: () => Recipe): Recipe | PersonError => {
  try {
    return read();
  } catch (error) {
    if (error instanceof PersonError) return error;
    throw error;
  }
};
