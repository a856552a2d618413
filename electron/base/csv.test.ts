import { describe, expect, it } from 'vitest';
import { readCsv } from './csv.ts';

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
