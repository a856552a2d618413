import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as rules from '../imports.mjs';
import { RunError, run } from '../setup/run.mjs';
import { linegateEnv } from '../setup/node.mjs';
import { undocumented } from './documented.mjs';
import { repositoryFiles, texts } from './files.mjs';
import { violation } from './importRules.mjs';
import { lockProblems } from './lock.mjs';
import { namedPlaces, placesOf } from './places.mjs';
import { readImports } from './readImports.mjs';

/**
 * One check: what it looks for, and how. `find` gives the problems; none means that all is well.
 * @typedef {{ title: string, find: (root: string) => Promise<readonly string[]> }} Check
 */

/**
 * A check that a program of node_modules makes: what it prints is the problem.
 * @param {string} title
 * @param {string} program
 * @param {...string} args
 * @returns {Check}
 */
const program = (title, program, ...args) => ({
  title,
  find: async (root) => {
    try {
      await run(join(root, 'node_modules', '.bin', program), args, {
        cwd: root,
        env: { ...linegateEnv(root), NO_COLOR: '1' },
        whole: true,
      });
      return [];
    } catch (error) {
      if (error instanceof RunError) return [error.said || error.message];
      throw error;
    }
  },
});

const source = /^(electron|renderer|models|test|build)\/.*\.(ts|tsx|mjs)$/;

/** The longest first: two run at a time. @type {readonly Check[]} */
export const checks = [
  program('types', 'tsc', '-p', '.'),
  program(
    'lint',
    'oxlint',
    '--config',
    'build/oxlintrc.json',
    '--type-aware',
    '--format',
    'unix',
    'electron',
    'renderer',
    'models',
    'test',
    'build',
  ),
  program('dead code', 'knip', '--no-progress', '--config', 'build/knip.json'),
  program('format (npm run format does it)', 'biome', 'format', '--colors=off', '--reporter=summary', '.'),
  {
    title: 'who imports whom',
    find: async (root) =>
      texts(root, repositoryFiles(root), source).flatMap(({ file, text }) =>
        readImports(file, text).flatMap((imported) => violation(file, imported, rules) ?? []),
      ),
  },
  {
    title: 'exported functions say what comes in',
    find: async (root) =>
      texts(root, repositoryFiles(root), /^electron\/.*(?<!\.test)\.ts$/).flatMap(({ file, text }) => undocumented(file, text)),
  },
  {
    title: 'no names of this machine',
    find: async (root) => {
      const registry = spawnSync('npm', ['config', 'get', 'registry'], { cwd: root, encoding: 'utf8' }).stdout?.trim();
      const places = placesOf(root, registry?.startsWith('http') ? registry : undefined);
      const named = texts(root, repositoryFiles(root), /\.(ts|tsx|mjs|json|md|py|toml|css|html|hpp|sh|yml)$|^\.ci\/|^\.npmrc$/);
      return named.flatMap(({ file, text }) => namedPlaces(file, text, places));
    },
  },
  {
    title: 'npm ci can install the lock',
    find: async (root) => {
      /** @param {string} file */
      const read = (file) => /** @type {unknown} */ (JSON.parse(readFileSync(join(root, file), 'utf8')));
      return lockProblems(
        /** @type {import('./lock.mjs').Wants} */ (read('package.json')),
        /** @type {import('./lock.mjs').Lock} */ (read('package-lock.json')),
      );
    },
  },
];
