import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/**
 * One import or re-export as it is written. `typeOnly` means that nothing is loaded: only the whole statement
 * `import type` vanishes, `import { type X }` still loads its module.
 * @typedef {{ from: string, typeOnly: boolean }} Import
 */

/**
 * What a source file imports: static, dynamic and required.
 * @param {string} file its name, for the dialect
 * @param {string} text
 * @returns {Import[]}
 */
export const readImports = (file, text) => {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`);
  /** @param {number} start */
  const typeOnly = (start) => /^(import|export)\s+type\b/.test(text.slice(start, start + 40));
  const requests = [
    ...module.staticImports.map(({ start, moduleRequest }) => ({ from: moduleRequest.value, typeOnly: typeOnly(start) })),
    ...module.staticExports.flatMap(({ start, entries }) => {
      const from = entries.find((entry) => entry.moduleRequest !== null)?.moduleRequest?.value;
      return from === undefined ? [] : [{ from, typeOnly: typeOnly(start) }];
    }),
    ...module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start, moduleRequest.end)).flatMap(quoted),
    // An ES module can only require what it has asked Node for.
    ...((text.includes('createRequire') ? text.match(/\brequire\(\s*(['"])[^'"]+\1\s*\)/g) : null) ?? [])
      .map((call) => call.slice(call.indexOf('(') + 1, -1))
      .flatMap(quoted),
  ];
  return requests;
};

/**
 * @param {string} source a piece of source, perhaps a quoted string
 * @returns {Import[]}
 */
const quoted = (source) => {
  const from = /^\s*(['"])(.+)\1\s*$/.exec(source)?.[2];
  return from === undefined ? [] : [{ from, typeOnly: false }];
};

/**
 * The file of ours that a relative import means, or null for Node's own modules and packages.
 * @param {string} file the importing file, relative to the repository
 * @param {string} from
 * @returns {string | null}
 */
export const ourFile = (file, from) => (from.startsWith('.') ? posix.join(posix.dirname(file), from) : null);

/**
 * @param {string} from such as `@trpc/server/adapters/ws`
 * @returns {string} such as `@trpc/server`
 */
export const packageOf = (from) =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
