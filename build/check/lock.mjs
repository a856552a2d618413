/** @typedef {{ dependencies?: Record<string, string>, devDependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Wants */
/** @typedef {Wants & { version?: string, resolved?: string }} Entry */
/** @typedef {{ packages?: Record<string, Entry> }} Lock */

/**
 * What would keep `npm ci` from installing the lock, or from installing it elsewhere:
 * package.json and the lock differ; a package for another platform was left out, as npm does when its registry has none
 * (`npm ci` then refuses wherever it is found); an address that only one network can reach.
 * @param {Wants} manifest package.json
 * @param {Lock} lock package-lock.json
 * @returns {string[]}
 */
export const lockProblems = (manifest, { packages = {} }) => [
  ...['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((group) =>
    differences(group, manifest, packages[''] ?? {}),
  ),
  ...Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isReachable(path, name, packages))
      .map((name) => `package-lock.json leaves out ${name}, which ${path} lists as optional.`),
  ),
  ...Object.entries(packages)
    .filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'))
    .map(([path, { resolved }]) => `package-lock.json takes ${path} from ${resolved}.`),
];

/**
 * @param {string} group
 * @param {Wants} manifest
 * @param {Wants} locked
 */
const differences = (group, manifest, locked) => {
  const key = /** @type {keyof Wants} */ (group);
  const [wanted, written] = [manifest[key] ?? {}, locked[key] ?? {}];
  const names = new Set([...Object.keys(wanted), ...Object.keys(written)]);
  return [...names]
    .filter((name) => wanted[name] !== written[name])
    .map((name) => `package.json and package-lock.json differ in ${name}.`);
};

/**
 * Node's own way of finding a package: in the node_modules of the folder, then of the folders above.
 * @param {string} path
 * @param {string} name
 * @param {Record<string, Entry>} packages
 * @returns {boolean}
 */
const isReachable = (path, name, packages) => {
  if (packages[`${path === '' ? '' : `${path}/`}node_modules/${name}`] !== undefined) return true;
  const above = path.lastIndexOf('node_modules/');
  return above >= 0 && isReachable(path.slice(0, above).replace(/\/$/, ''), name, packages);
};
