/** The npm packages: what package-lock.json says must be in node_modules, the pinned Node among it. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SetupError } from './error.mjs';
import { hasPinnedNode } from './node.mjs';
import { RunError, run } from './run.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} Entry */
/** @typedef {{ packages?: Record<string, Entry> }} Lock */
/** @typedef {import('./progress.mjs').Report} Report */

/**
 * Why node_modules is not what the lock asks for, or null. npm writes what it installed, in the lock's own format, into
 * node_modules/.package-lock.json as the last thing it does; so an interrupted install is noticed too.
 * @param {Lock} lock package-lock.json
 * @param {Lock | null} installed node_modules/.package-lock.json
 * @returns {string | null}
 */
export const whyInstall = (lock, installed) => {
  if (installed === null) return 'nothing is installed yet';
  for (const [path, wanted] of Object.entries(lock.packages ?? {})) {
    if (path === '') continue;
    const found = installed.packages?.[path];
    // An optional package may be for another processor; npm leaves it out then.
    if (found === undefined && (wanted.optional === true || wanted.devOptional === true)) continue;
    if (found === undefined) return `${path} is missing`;
    if (found.version !== wanted.version || found.integrity !== wanted.integrity) return `${path} has changed`;
  }
  return null;
};

/**
 * @param {string} file
 * @returns {Lock | null} null when there is none, or half of one
 */
const readLock = (file) => {
  try {
    return /** @type {Lock} */ (JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
};

/**
 * @param {string} root the clone
 * @returns {string | null} why packages must be installed
 */
export const missingNpmPackages = (root) => {
  const lock = readLock(join(root, 'package-lock.json'));
  if (lock === null)
    throw new SetupError(
      'package-lock.json is missing or broken.',
      'Take it from the repository: git checkout package-lock.json',
    );
  const why = whyInstall(lock, readLock(join(root, 'node_modules', '.package-lock.json')));
  return why ?? (hasPinnedNode(root) ? null : 'the pinned Node is missing');
};

/** How to call npm: the one that called us, else the one in the PATH. */
const npmCommand = () => {
  const caller = process.env['npm_execpath'];
  return caller !== undefined && basename(caller) === 'npm-cli.js' ? [process.execPath, caller] : ['npm'];
};

/**
 * Installs exactly what the lock says. npm shows no progress that a program can read, so what is unpacked is counted.
 * @param {string} root
 * @param {Report} report
 */
export const installNpmPackages = async (root, report) => {
  const lock = readLock(join(root, 'package-lock.json'));
  const wanted = Object.entries(lock?.packages ?? {}).flatMap(([path, entry]) => (path === '' || entry.optional ? [] : [path]));
  const timer = setInterval(() => {
    const there = wanted.filter((path) => existsSync(join(root, path, 'package.json'))).length;
    report(there / wanted.length, there === 0 ? 'downloading' : `${there} of ${wanted.length}`);
  }, 1000);
  // The scripts' Node is not yet the pinned one, which some packages ask for: hence only errors.
  const options = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const [command = 'npm', ...first] = npmCommand();
  try {
    await run(command, [...first, ...options], { cwd: root });
  } catch (error) {
    const said = error instanceof RunError ? error.message : String(error);
    throw new SetupError(
      `npm could not install the packages.\n${said}`,
      'Check the network and the disk, then run the same command again.',
      {
        cause: error,
      },
    );
  } finally {
    clearInterval(timer);
  }
  if (!hasPinnedNode(root)) {
    throw new SetupError(
      `npm left out the pinned Node for ${process.arch}.`,
      'Look for "omit", "os" or "cpu" in: npm config list',
    );
  }
};
