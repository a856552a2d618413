import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { parse } from 'smol-toml';
import type { z } from 'zod';
import { messageOf, PersonError } from '../base/errors.ts';
import { recipe, type Recipe } from './recipe.ts';
import { station, type Station } from './station.ts';

const readToml = <T extends z.ZodType>(file: string, schema: T, what: string): z.infer<T> => {
  let raw: unknown;
  try {
    raw = parse(readFileSync(file, 'utf8'));
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
  const read = readToml(file, recipe, 'recipe');
  const expected = basename(file, '.toml');
  if (read.name !== expected)
    throw new PersonError(`The recipe ${file} calls itself "${read.name}".`, `Name it "${expected}" or rename the file.`);
  return { ...read, model: resolve(dirname(file), read.model) };
};
