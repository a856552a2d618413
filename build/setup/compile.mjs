/**
 * Compiles the OpenCV binding with the C++ compiler alone. Its own build (node-gyp, make, Python) takes 104 files through all
 * modules of OpenCV; these are the 22 that core, imgproc and videoio need, with their common headers parsed once.
 * Measured on two cores: 226 s with everything, 130 s with node-gyp and these modules, 40 s here.
 */
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, freemem, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { SetupError } from './error.mjs';
import { pinnedFolder } from './node.mjs';
import { findOpenCv } from './opencv.mjs';
import { RunError, run } from './run.mjs';

/** @typedef {import('./progress.mjs').Report} Report */

/** What the build consists of besides the sources; part of the cache's key. */
export const recipe = {
  folders: ['core', 'imgproc', 'io'],
  files: ['opencv4nodejs.cc', 'CustomMatAllocator.cc', 'ExternalMemTracking.cc'],
  // -O1: the binding only hands over to OpenCV; no difference to -O3 can be measured, and Mat.cc takes half the time.
  // -w: the warnings are the binding's own.
  flags: [
    ...['-std=gnu++20', '-O1', '-fPIC', '-pthread', '-w'],
    ...['-DNODE_GYP_MODULE_NAME=opencv4nodejs', '-DBUILDING_NODE_EXTENSION', '-DUSING_UV_SHARED=1', '-DUSING_V8_SHARED=1'],
  ],
  libraries: ['opencv_videoio', 'opencv_imgcodecs', 'opencv_imgproc', 'opencv_core'],
};

/** The largest source needs this much while it is compiled. */
const compilerBytes = 1.1 * 2 ** 30;
/** Beyond this the largest source alone decides how long it takes. */
const mostWorkers = 6;

/** @param {string} root */
const ourHeaders = (root) => join(root, 'native', 'opencv');

/**
 * Our own files that the binding is built from.
 * @param {string} root
 */
export const recipeFiles = (root) =>
  ['precompiled.hpp', join('opencv2', 'highgui.hpp'), join('opencv2', 'opencv_modules.hpp')].map((file) =>
    join(ourHeaders(root), file),
  );

/** Seconds of one core for what takes long, as measured; anything else takes about one. For the order and for the bar only. */
const seconds = new Map(
  Object.entries({
    'precompiled.hpp': 6,
    'Mat.cc': 17,
    'MatImgproc.cc': 10,
    'core.cc': 7,
    'imgproc.cc': 5,
    'io.cc': 4,
    'opencv4nodejs.cc': 4,
    'Contour.cc': 3,
  }),
);
/** @param {string} file */
const cost = (file) => seconds.get(basename(file)) ?? 1;

/**
 * The sources to compile, those that take longest first, so that the last ones to end are small.
 * @param {string} cc the folder `cc` of the binding's package
 * @returns {string[]}
 */
export const sources = (cc) => {
  const inFolders = recipe.folders.flatMap((folder) => readdirSync(join(cc, folder)).map((name) => join(cc, folder, name)));
  const files = [...inFolders, ...recipe.files.map((name) => join(cc, name))].filter((file) => file.endsWith('.cc'));
  return files.toSorted((a, b) => cost(b) - cost(a));
};

/**
 * @param {string} root
 * @param {string} into the file to make
 * @param {Report} report
 */
export const compileBinding = async (root, into, report) => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-build-'));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', clear);
  try {
    await compileIn(folder, root, into, report);
  } catch (error) {
    if (error instanceof RunError) {
      throw new SetupError(
        `The OpenCV binding could not be built.\n${error.message}`,
        'Check disk and memory, then run the same command again.',
        {
          cause: error,
        },
      );
    }
    throw error;
  } finally {
    process.off('exit', clear);
    clear();
  }
};

/**
 * @param {string} folder
 * @param {string} root
 * @param {string} into
 * @param {Report} report
 */
const compileIn = async (folder, root, into, report) => {
  const cc = join(root, 'node_modules', '@u4', 'opencv4nodejs', 'cc');
  const openCv = findOpenCv();
  const includes = [
    ...[ourHeaders(root), openCv?.include ?? '', cc, join(cc, 'core'), join(cc, 'native-node-utils')],
    ...[join(root, 'node_modules', 'nan'), join(pinnedFolder(root), 'include', 'node')],
  ];
  const flags = [...recipe.flags, ...includes.map((path) => `-I${path}`)];
  const precompiled = join(folder, 'precompiled.hpp');
  copyFileSync(join(ourHeaders(root), 'precompiled.hpp'), precompiled);
  report(0, 'common headers');
  await run('g++', [...flags, '-x', 'c++-header', precompiled, '-o', `${precompiled}.gch`]);

  const todo = sources(cc);
  /** @param {string} file */
  const objectOf = (file) => join(folder, `${basename(file)}.o`);
  const objects = todo.map(objectOf);
  const all = todo.reduce((sum, file) => sum + cost(file), cost(precompiled));
  let done = cost(precompiled);
  const worker = async () => {
    for (let file = todo.shift(); file !== undefined; file = todo.shift()) {
      report(done / all, basename(file));
      await run('g++', [...flags, '-include', precompiled, '-c', file, '-o', objectOf(file)]);
      done += cost(file);
      report(done / all, basename(file));
    }
  };
  const workers = Math.max(1, Math.min(availableParallelism(), mostWorkers, Math.floor(freemem() / compilerBytes)));
  await Promise.all(Array.from({ length: workers }, worker));
  const search = openCv?.libraries ? [`-L${openCv.libraries}`, `-Wl,-rpath,${openCv.libraries}`] : [];
  await run('g++', [
    '-shared',
    '-s',
    '-pthread',
    '-o',
    into,
    ...objects,
    ...search,
    ...recipe.libraries.map((name) => `-l${name}`),
  ]);
};
