/**
 * Rows of a CSV text with a header line, as objects by column name. Fields may be quoted (RFC 4180); a missing field is
 * an empty text. Lines may end in LF or CRLF.
 */
export const readCsv = (text: string): Record<string, string>[] => {
  const [header = [], ...rows] = splitCsv(text);
  return rows.map((row) => Object.fromEntries(header.map((column, index) => [column, row[index] ?? ''])));
};

const splitCsv = (text: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  // A field (quoted or plain) and what ends it: comma, line end or end of text.
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (match === null) break;
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
};

const fieldOf = (value: string | number | boolean | null): string => {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** One line of a CSV text (RFC 4180), without its end; `null` is an empty field. */
export const csvLine = (values: readonly (string | number | boolean | null)[]): string => values.map(fieldOf).join(',');
