import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseWhere, readLabels } from './selection.ts';

const csv = join(mkdtempSync(join(tmpdir(), 'linegate-')), 'labels.csv');
writeFileSync(csv, 'file,label,position\n1.jpg,ok,A\n2.jpg,pitting,B\n3.jpg,ok,C\n');

describe('selection', () => {
  it('takes the rows that match every condition', () => {
    expect(readLabels(csv, [parseWhere('position=A,B'), parseWhere('label=pitting')])).toEqual([
      { file: '2.jpg', label: 'pitting' },
    ]);
    expect(readLabels(csv, [])).toHaveLength(3);
  });

  it('explains what is wrong', () => {
    expect(() => parseWhere('position')).toThrow(/not understood/);
    expect(() => readLabels(csv, [parseWhere('camera=1')])).toThrow(/no column "camera"/);
    expect(() => readLabels(csv, [parseWhere('position=Z')])).toThrow(/No row/);
    expect(() => readLabels(`${csv}.no`, [])).toThrow(/no label file/);
  });
});
