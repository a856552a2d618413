import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Debian and Ubuntu, JetPack, then a build of one's own. The libraries are where the compiler looks by itself, or beside. */
const places = [
  { include: '/usr/include/opencv4', libraries: null },
  { include: '/usr/local/include/opencv4', libraries: '/usr/local/lib' },
];
const headers = ['core.hpp', 'imgproc.hpp', 'imgcodecs.hpp', 'videoio.hpp'];

/**
 * The OpenCV that this machine offers for building.
 * @returns {{ include: string, libraries: string | null, version: string } | null} null when a header is missing
 */
export const findOpenCv = () => {
  const place = places.find(({ include }) => headers.every((header) => existsSync(join(include, 'opencv2', header))));
  if (place === undefined) return null;
  return { ...place, version: versionIn(readFileSync(join(place.include, 'opencv2', 'core', 'version.hpp'), 'utf8')) };
};

/**
 * @param {string} header text of opencv2/core/version.hpp
 * @returns {string} such as `4.6.0`
 */
export const versionIn = (header) =>
  ['MAJOR', 'MINOR', 'REVISION']
    .map((part) => new RegExp(`#define CV_VERSION_${part}\\s+(\\d+)`).exec(header)?.[1] ?? '?')
    .join('.');
