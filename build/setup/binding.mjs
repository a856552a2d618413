/**
 * The OpenCV binding of the pinned Node: built once for what it depends on, kept outside the clone, copied into node_modules.
 *
 * What must hold: a binding that cannot be loaded is never copied, whatever the cache says; a file appears in the cache and
 * in node_modules by renaming, so that nobody ever loads half of one.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileBinding, recipe, recipeFiles } from './compile.mjs';
import { SetupError } from './error.mjs';
import { linegateEnv, pinnedAbi, pinnedNode } from './node.mjs';
import { findOpenCv } from './opencv.mjs';

/** @typedef {import('./progress.mjs').Report} Report */
/** @typedef {(root: string, into: string, report: Report) => Promise<void>} Compile */

/** @param {string} root */
const packageFolder = (root) => join(root, 'node_modules', '@u4', 'opencv4nodejs');

/**
 * Where the package looks for its binding.
 * @param {string} root
 */
export const bindingFile = (root) => join(packageFolder(root), 'build', 'Release', 'opencv4nodejs.node');

/** @param {string} root */
const noteFile = (root) => join(dirname(bindingFile(root)), 'linegate.json');

const cacheFolder = () => join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'linegate');

/**
 * The name of one build: everything that, when it changes, asks for another one.
 * @param {string} root
 * @returns {string}
 */
export const bindingKey = (root) => {
  const { version } = /** @type {{ version: string }} */ (
    JSON.parse(readFileSync(join(packageFolder(root), 'package.json'), 'utf8'))
  );
  const openCv = findOpenCv();
  if (openCv === null) throw new SetupError('OpenCV 4 with headers was not found.', 'Run: npm run setup');
  const hash = createHash('sha256').update(JSON.stringify(recipe));
  for (const file of recipeFiles(root)) hash.update(readFileSync(file));
  return `opencv4nodejs-${version}-node${pinnedAbi(root)}-opencv${openCv.version}-${process.arch}-${hash.digest('hex').slice(0, 12)}`;
};

/**
 * The binding in node_modules, as it was when it last proved that it loads.
 * @param {string} root
 */
const noteOf = (root) => {
  const { size, mtimeMs } = statSync(bindingFile(root));
  return JSON.stringify({ key: bindingKey(root), size, mtimeMs });
};

/**
 * @param {string} root
 * @returns {string | null} why the binding must be put in place
 */
export const missingBinding = (root) => {
  if (!existsSync(bindingFile(root))) return 'not there yet';
  if (!existsSync(noteFile(root))) return 'not proven to load';
  return readFileSync(noteFile(root), 'utf8') === noteOf(root) ? null : 'changed';
};

/**
 * Does the pinned Node load this file and make a picture with it? Tried in a process of its own: a broken binding can crash.
 * @param {string} root
 * @param {string} file
 * @returns {string | null} what went wrong, or null
 */
export const whyNotLoaded = (root, file) => {
  const script =
    'const cv = require(process.argv[1]); new cv.Mat(2, 2, cv.CV_8UC3, [1, 2, 3]).release(); process.exit(cv.VideoCapture ? 0 : 1)';
  const tried = spawnSync(pinnedNode(root), ['-e', script, file], { env: linegateEnv(root), encoding: 'utf8', timeout: 30_000 });
  if (tried.status === 0) return null;
  return tried.stderr || (tried.signal === null ? `exit code ${tried.status}` : `ended by ${tried.signal}`);
};

/**
 * Puts a binding that loads into node_modules: from the cache, or freshly built when there is none or a broken one.
 * @param {string} root
 * @param {Report} report
 * @param {Compile} [compile]
 */
export const installBinding = async (root, report, compile = compileBinding) => {
  const cached = join(cacheFolder(), `${bindingKey(root)}.node`);
  if (!existsSync(cached) || whyNotLoaded(root, cached) !== null) {
    rmSync(cached, { force: true });
    await buildInto(cached, root, report, compile);
  }
  const file = bindingFile(root);
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(cached, `${file}.new`);
  renameSync(`${file}.new`, file);
  writeFileSync(noteFile(root), noteOf(root));
};

/** @param {string} folder */
const makeFolder = (folder) => {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new SetupError(`The folder ${folder} cannot be made.`, 'Set XDG_CACHE_HOME to a folder that you may write to.', {
      cause: error,
    });
  }
};

/**
 * @param {string} cached
 * @param {string} root
 * @param {Report} report
 * @param {Compile} compile
 */
const buildInto = async (cached, root, report, compile) => {
  makeFolder(dirname(cached));
  // Node loads a binding only when its name ends so.
  const fresh = cached.replace(/\.node$/, `-${process.pid}.node`);
  try {
    await compile(root, fresh, report);
    const why = whyNotLoaded(root, fresh);
    if (why !== null)
      throw new SetupError(`The OpenCV binding was built but does not load: ${why}`, 'Report this with the output above.');
    renameSync(fresh, cached);
  } finally {
    rmSync(fresh, { force: true });
  }
};
