import { homedir } from 'node:os';

/** @typedef {{ name: string, why: string }} Place */

/**
 * The names that belong to the machine at hand and not into a file that others read: the folder of the clone, the user's home,
 * and a registry of one's own.
 * @param {string} root the clone
 * @param {string | undefined} registry what npm is configured to use
 * @returns {Place[]}
 */
export const placesOf = (root, registry) => {
  const places = [
    { name: root, why: 'the folder of this clone' },
    { name: homedir(), why: 'the home of this user' },
  ];
  const host = registry === undefined ? '' : new URL(registry).host;
  if (host !== '' && host !== 'registry.npmjs.org') places.push({ name: host, why: 'the package registry of this machine' });
  return places.filter(({ name }) => name.length > 3);
};

/** @param {string} text */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Lines that name such a place.
 * @param {string} file
 * @param {string} text
 * @param {readonly Place[]} places
 * @returns {string[]}
 */
export const namedPlaces = (file, text, places) =>
  text.split('\n').flatMap((line, index) =>
    places
      // `/home/me` is a place, `/home/mercury` and `other/home/me` are not.
      .filter(({ name }) => new RegExp(`(?<![\\w.~-])${escaped(name)}(?![\\w-])`).test(line))
      .map(({ why }) => `${file}:${index + 1} names ${why}`),
  );
