import { isBuiltin } from 'node:module';
import { ourFile, packageOf } from './readImports.mjs';

/** @typedef {import('../imports.mjs').FolderRule} FolderRule */
/** @typedef {import('./readImports.mjs').Import} Import */
/** @typedef {{ folders: readonly FolderRule[], packages: Readonly<Record<string, readonly string[]>>, testPackages: readonly string[] }} Rules */

/** @param {string} file */
const isTest = (file) => file.startsWith('test/') || /\.test\.tsx?$/.test(file);

/**
 * @param {string} file
 * @param {string} place a file or a folder
 */
const isIn = (file, place) => file === place || file.startsWith(`${place}/`);

/**
 * The rule for a file, with its folder's own name where the rule says `*`.
 * @param {string} file
 * @param {readonly FolderRule[]} folders
 * @returns {FolderRule | undefined}
 */
export const ruleFor = (file, folders) => {
  const matching = folders.flatMap((rule) => {
    const pattern = new RegExp(`^${rule.folder.replace('*', '[^/]+')}(?=/)`);
    const folder = pattern.exec(file)?.[0];
    return folder === undefined ? [] : [{ ...rule, folder }];
  });
  return matching.toSorted((a, b) => a.folder.length - b.folder.length).at(-1);
};

/**
 * What is wrong with one import of a file, with what is allowed instead; null when it is right.
 * @param {string} file relative to the repository
 * @param {Import} imported
 * @param {Rules} rules
 * @returns {string | null}
 */
export const violation = (file, imported, rules) => {
  const rule = ruleFor(file, rules.folders);
  if (rule === undefined) return `${file} lies in no folder of build/imports.mjs.`;
  const target = ourFile(file, imported.from);
  if (target !== null) return ourViolation(file, target, imported.typeOnly, rule);
  if (isBuiltin(imported.from)) {
    return rule.node === false && !isTest(file)
      ? `${file} imports ${imported.from}: ${rule.folder} runs in a browser and may use nothing of Node.`
      : null;
  }
  return packageViolation(file, imported, rules);
};

/**
 * @param {string} file
 * @param {string} target
 * @param {boolean} typeOnly
 * @param {FolderRule} rule
 */
const ourViolation = (file, target, typeOnly, rule) => {
  const allowed = [rule.folder, ...rule.may, ...(typeOnly ? (rule.types ?? []) : [])];
  // A test drives its folder against the simulated world and with the helpers of test/.
  if (isTest(file)) allowed.push('electron/sim', 'test');
  if (allowed.some((folder) => isIn(target, folder))) return null;
  const types = rule.types === undefined ? '' : `; types also from ${rule.types.join(', ')}`;
  return `${file} imports ${target}. ${rule.folder} may import: ${[...rule.may, 'itself'].join(', ')}${types}.`;
};

/**
 * @param {string} file
 * @param {Import} imported
 * @param {Rules} rules
 */
const packageViolation = (file, imported, { packages, testPackages }) => {
  const name = packageOf(imported.from);
  const places = packages[name];
  if (places === undefined) return `${file} imports ${name}, which is not in the table of packages in build/imports.mjs.`;
  if (testPackages.includes(name) && !isTest(file)) return `${file} imports ${name}: only tests may.`;
  if (file.startsWith('test/') || places.some((place) => isIn(file, place))) return null;
  if (imported.typeOnly && file.startsWith('electron/')) return null;
  return `${file} imports ${name}. It may be imported by: ${places.join(', ')}.`;
};
