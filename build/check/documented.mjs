import { parseSync } from 'oxc-parser';

/**
 * The exported functions of a source file that take something and have no TSDoc directly above them.
 * @param {string} file
 * @param {string} text
 * @returns {string[]} `file:line name`
 */
export const undocumented = (file, text) => {
  const { program, comments } = parseSync(file, text);
  const docEnds = comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*')).map(({ end }) => end);
  /** @param {number} start */
  const hasDoc = (start) => docEnds.some((end) => end <= start && text.slice(end, start).trim() === '');
  return program.body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || hasDoc(statement.start)) return [];
    const line = text.slice(0, statement.start).split('\n').length;
    return functionNames(statement.declaration).map((name) => `${file}:${line} ${name}`);
  });
};

/**
 * @param {import('oxc-parser').ExportNamedDeclaration['declaration']} declaration
 * @returns {string[]}
 */
const functionNames = (declaration) => {
  if (declaration?.type === 'FunctionDeclaration')
    return declaration.params.length > 0 ? [declaration.id?.name ?? 'a function'] : [];
  if (declaration?.type !== 'VariableDeclaration') return [];
  return declaration.declarations.flatMap(({ id, init }) =>
    init?.type === 'ArrowFunctionExpression' && init.params.length > 0 && id.type === 'Identifier' ? [id.name] : [],
  );
};
