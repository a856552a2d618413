/** What vite builds: the operator's screen, and the Electron shell around it. Built again when a source has changed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './error.mjs';
import { linegateEnv, pinnedNode } from './node.mjs';
import { RunError, run } from './run.mjs';

/** @typedef {{ name: string, title: string, config: string, sources: readonly string[] }} Bundle */

/** @type {readonly Bundle[]} `name` is the folder in dist/ */
export const bundles = [
  {
    name: 'renderer',
    title: 'Operator screen',
    config: 'build/vite.renderer.config.ts',
    sources: ['renderer', 'electron/contract', 'package-lock.json'],
  },
  {
    name: 'shell',
    title: 'Kiosk shell',
    config: 'build/vite.shell.config.ts',
    sources: ['electron/shell', 'electron/base', 'electron/config', 'electron/contract', 'package-lock.json'],
  },
];

/**
 * One hash over names and contents of files and folders; what is not there counts as nothing.
 * @param {string} root
 * @param {readonly string[]} paths
 * @returns {string}
 */
export const hashOf = (root, paths) => {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesUnder(root, path))
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(join(root, file)))
        .update('\0');
  }
  return hash.digest('hex');
};

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]} sorted, relative to `root`
 */
const filesUnder = (root, path) => {
  if (!existsSync(join(root, path))) return [];
  if (path.includes('.')) return [path];
  const entries = readdirSync(join(root, path), { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      const name = `${path}/${entry.name}`;
      if (entry.isDirectory()) return filesUnder(root, name);
      return entry.isFile() ? [name] : [];
    })
    .toSorted();
};

/**
 * @param {string} root
 * @param {Bundle} bundle
 */
const stampFile = (root, { name }) => join(root, 'dist', `${name}.sources`);

/**
 * @param {string} root
 * @param {Bundle} bundle
 * @returns {string | null} why it must be built
 */
export const missingBundle = (root, bundle) => {
  if (!existsSync(join(root, 'dist', bundle.name)) || !existsSync(stampFile(root, bundle))) return 'not built yet';
  const built = readFileSync(stampFile(root, bundle), 'utf8');
  return built === hashOf(root, [bundle.config, ...bundle.sources]) ? null : 'sources have changed';
};

/**
 * @param {string} root
 * @param {Bundle} bundle
 */
export const buildBundle = async (root, bundle) => {
  const hash = hashOf(root, [bundle.config, ...bundle.sources]);
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  try {
    await run(pinnedNode(root), [vite, 'build', '--config', bundle.config], { cwd: root, env: linegateEnv(root) });
  } catch (error) {
    const said = error instanceof RunError ? error.message : String(error);
    throw new SetupError(`${bundle.title} could not be built.\n${said}`, 'Correct the source that is named above.', {
      cause: error,
    });
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampFile(root, bundle), hash);
};
