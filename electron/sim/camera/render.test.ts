import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../base/csv.ts';
import { partLabels } from './part.ts';

const run = promisify(execFile);
const render = async (...args: string[]): Promise<string> => {
  const out = mkdtempSync(join(tmpdir(), 'linegate-parts-'));
  const entry = fileURLToPath(new URL('./render.ts', import.meta.url));
  await run(process.execPath, ['--disable-warning=ExperimentalWarning', entry, '--out', out, ...args]);
  return out;
};

/** Width and height from a PNG's header. */
const sizeOf = (png: Buffer): [number, number] => [png.readUInt32BE(16), png.readUInt32BE(20)];

describe('render', { timeout: 180_000 }, () => {
  it('writes labelled pictures of the region of interest, the same ones every time', async () => {
    const [one, other] = await Promise.all([render('--count', '12', '--seed', '3'), render('--count', '12', '--seed', '3')]);
    const rows = readCsv(readFileSync(join(one, 'labels.csv'), 'utf8'));
    expect(rows).toHaveLength(12);
    expect(readdirSync(join(one, 'images'))).toHaveLength(12);
    for (const { file = '', label = '' } of rows) {
      const png = readFileSync(join(one, file));
      expect(partLabels).toContain(label);
      expect(sizeOf(png)).toEqual([240, 240]);
      expect(png.equals(readFileSync(join(other, file)))).toBe(true);
    }
    expect(new Set(rows.map(({ label }) => label)).size).toBeGreaterThan(2);
  });

  it('draws good parts only where no defects are asked for', async () => {
    const out = await render('--count', '6', '--defects', '0');
    const labels = readCsv(readFileSync(join(out, 'labels.csv'), 'utf8')).map(({ label }) => label);
    expect(new Set(labels)).toEqual(new Set(['good']));
  });

  it('says what is wrong with an option', async () => {
    await expect(render('--count', 'many')).rejects.toThrow(/a number from 1/);
  });
});
