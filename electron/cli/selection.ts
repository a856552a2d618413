import { existsSync, readFileSync } from 'node:fs';
import { readCsv } from '../base/csv.ts';
import { messageOf, PersonError } from '../base/errors.ts';

/** Rows of a label file that are wanted: `--where column=a,b`. */
export interface Where {
  column: string;
  values: string[];
}

/** Reads `column=value,value`. Throws {@link PersonError}. */
export const parseWhere = (text: string): Where => {
  const [, column, values] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (column === undefined || values === undefined)
    throw new PersonError(`"--where ${text}" is not understood.`, 'Write it as --where column=value,value.');
  return { column: column.trim(), values: values.split(',').map((value) => value.trim()) };
};

export interface LabelledFile {
  file: string;
  label: string;
}

/** The rows of a CSV with `file,label,…` that match every condition, in their order. Throws {@link PersonError}. */
export const readLabels = (csv: string, where: Where[]): LabelledFile[] => {
  if (!existsSync(csv)) throw new PersonError(`There is no label file ${csv}.`, 'Correct --labels.');
  let rows: Record<string, string>[];
  try {
    rows = readCsv(readFileSync(csv, 'utf8'));
  } catch (cause) {
    throw new PersonError(`The label file ${csv} cannot be read: ${messageOf(cause)}.`, 'Correct --labels.', { cause });
  }
  const columns = Object.keys(rows[0] ?? {});
  for (const column of ['file', 'label', ...where.map((each) => each.column)])
    if (!columns.includes(column))
      throw new PersonError(`The label file ${csv} has no column "${column}".`, `It has: ${columns.join(', ') || 'nothing'}.`);
  const chosen = rows.filter((row) => where.every(({ column, values }) => values.includes(row[column] ?? '')));
  if (chosen.length === 0) throw new PersonError(`No row of ${csv} is chosen.`, 'Correct --where, or the file.');
  return chosen.map(({ file = '', label = '' }) => ({ file, label }));
};
