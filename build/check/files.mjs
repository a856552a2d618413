import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What .gitignore names, and git's own folder. */
const notOurs = new Set(['node_modules', 'dist', '.git', '.linegate', '__pycache__', '.pytest_cache', '.venv']);

/**
 * The files of the repository. Not asked from git, so that an exported tree can be checked too.
 * @param {string} root
 * @param {string} [folder]
 * @returns {string[]} relative to `root`, sorted
 */
export const repositoryFiles = (root, folder = '') =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      if (notOurs.has(entry.name)) return [];
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return repositoryFiles(root, path);
      return entry.isFile() ? [path] : [];
    })
    .toSorted();

/**
 * The text of each of `files` whose name matches `wanted`.
 * @param {string} root
 * @param {readonly string[]} files
 * @param {RegExp} wanted
 * @returns {{ file: string, text: string }[]}
 */
export const texts = (root, files, wanted) =>
  files.filter((file) => wanted.test(file)).map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
