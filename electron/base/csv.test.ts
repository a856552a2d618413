import { describe, expect, it } from 'vitest';
import { csvLine, readCsv } from './csv.ts';

describe('readCsv', () => {
  it('reads rows by their column', () => {
    expect(readCsv('file,label\r\na.png,ok\nb.png,nok\n')).toEqual([
      { file: 'a.png', label: 'ok' },
      { file: 'b.png', label: 'nok' },
    ]);
  });

  it('understands quotes, empty fields and rows that are too short', () => {
    expect(readCsv('a,b,c\n"x, ""y""",,z\nonly')).toEqual([
      { a: 'x, "y"', b: '', c: 'z' },
      { a: 'only', b: '', c: '' },
    ]);
  });

  it('has no rows where there is no text', () => {
    expect(readCsv('')).toEqual([]);
    expect(readCsv('file,label\n')).toEqual([]);
  });
});

describe('csvLine', () => {
  it('writes what readCsv reads', () => {
    const values = ['plain', 'with, comma', 'and "quotes"', 'two\nlines', '', 'a b'];
    const columns = ['a', 'b', 'c', 'd', 'e', 'f'];
    const [read] = readCsv(`${csvLine(columns)}\n${csvLine(values)}\n`);
    expect(Object.values(read ?? {})).toEqual(values);
    expect(csvLine([1.5, true, null])).toBe('1.5,true,');
  });
});
