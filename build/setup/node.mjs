import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './error.mjs';

/**
 * Where npm puts the Node that this package pins: a whole Node distribution with its headers.
 * @param {string} root the clone
 */
export const pinnedFolder = (root) => join(root, 'node_modules', `node-linux-${process.arch}`);

/** @param {string} root */
export const pinnedNode = (root) => join(pinnedFolder(root), 'bin', 'node');

/** @param {string} root */
export const hasPinnedNode = (root) => existsSync(pinnedNode(root));

/**
 * The number that a native addon must have been built for (`NODE_MODULE_VERSION`), read from the pinned Node's headers.
 * @param {string} root
 * @returns {string}
 */
export const pinnedAbi = (root) => {
  const header = join(pinnedFolder(root), 'include', 'node', 'node_version.h');
  const abi = /^#define NODE_MODULE_VERSION (\d+)/m.exec(readFileSync(header, 'utf8'))?.[1];
  if (abi === undefined) throw new SetupError(`${header} names no NODE_MODULE_VERSION.`, 'Run: npm ci');
  return abi;
};

/**
 * Is this process the pinned Node? Another one crashes in native code (better-sqlite3 on Node 20) instead of saying so.
 * @param {string} root
 */
export const runsOnPinnedNode = (root) => {
  const manifest = join(pinnedFolder(root), 'package.json');
  if (!existsSync(manifest)) return false;
  const { version } = /** @type {{ version: string }} */ (JSON.parse(readFileSync(manifest, 'utf8')));
  return `v${version}` === process.version;
};

/**
 * The environment of everything that Linegate starts: the pinned Node first in the PATH, and no attempt by the OpenCV
 * binding to build an OpenCV of its own, which it also looks for at run time.
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
export const linegateEnv = (root) => ({
  ...process.env,
  PATH: `${join(pinnedFolder(root), 'bin')}:${process.env['PATH'] ?? ''}`,
  OPENCV4NODEJS_DISABLE_AUTOBUILD: '1',
});
