import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, PersonError } from '../base/errors.ts';
import { type Manifest, manifest as manifestSchema } from '../contract/manifest.ts';

/** A model package on disk whose manifest and model file have been checked. */
export interface ModelPackage {
  folder: string;
  manifest: Manifest;
  /** Absolute path of the ONNX file. */
  modelFile: string;
}

const toDo = 'Send the package again; "linegate model check" names every fault.';

/** SHA-256 of a file in hex. */
export const sha256Of = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Reads `manifest.json` of the package in `folder`. Throws {@link PersonError}. */
export const readManifest = (folder: string): Manifest => {
  const file = join(folder, 'manifest.json');
  if (!existsSync(folder))
    throw new PersonError(`There is no model package at ${folder}.`, 'Correct the path: "model" in the recipe, or --model.');
  if (!existsSync(file)) throw new PersonError(`${folder} is no model package: manifest.json is missing.`, toDo);
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new PersonError(`The manifest ${file} is not JSON: ${messageOf(cause)}.`, toDo, { cause });
  }
  const read = manifestSchema.safeParse(raw);
  if (read.success) return read.data;
  const first = read.error.issues[0];
  throw new PersonError(
    `The manifest ${file} is wrong at "${first?.path.join('.') ?? ''}": ${first?.message ?? 'not valid'}.`,
    toDo,
    {
      cause: read.error,
    },
  );
};

/**
 * Opens the package in `folder`: the manifest's schema and the model's SHA-256 hold, or it throws {@link PersonError}.
 * ONNX Runtime loads a file with a flipped bit and computes something else, so the hash is checked at every load.
 */
export const openModelPackage = (folder: string): ModelPackage => {
  const manifest = readManifest(folder);
  const modelFile = join(folder, manifest.model.file);
  const fault = fileFault(folder, manifest.model.file, manifest.model.sha256);
  if (fault !== null) throw new PersonError(`The model package ${manifest.name} ${manifest.version} is damaged: ${fault}.`, toDo);
  return { folder, manifest, modelFile };
};

/** What is wrong with a file of a package, or `null`. */
export const fileFault = (folder: string, file: string, sha256: string): string | null => {
  const path = join(folder, file);
  if (!existsSync(path) || !statSync(path).isFile()) return `${file} is missing`;
  return sha256Of(path) === sha256 ? null : `${file} is not the file that was packed (SHA-256 differs)`;
};
