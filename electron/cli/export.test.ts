import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aStationWith, runCommand } from '../../test/records/command.ts';
import { readCsv } from '../base/csv.ts';
import { PersonError } from '../base/errors.ts';
import { exportCommand } from './export.ts';

const records = 4100;
const run = (file: string, ...more: string[]): Promise<string> => runCommand(exportCommand, 'export', '--station', file, ...more);

describe('linegate export', () => {
  it('writes every record once, in order, and puts an older file in no danger', async () => {
    const { folder, file } = aStationWith(records);
    const out = join(folder, 'out.csv');
    writeFileSync(out, 'an older one');
    expect(await run(file, '--out', out)).toContain(`${records} records`);
    const sequences = readCsv(readFileSync(out, 'utf8')).map(({ sequence }) => Number(sequence));
    expect(sequences).toEqual(Array.from({ length: records }, (_, index) => index + 1));
    await run(file, '--out', out, '--format', 'jsonl', '--lane', 'lane-1');
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { sequence: number }).sequence)).toEqual(sequences);
    expect(readdirSync(folder).filter((name) => name.startsWith('out'))).toEqual(['out.csv']);
  });

  it.each([
    ['a folder that is not there', ['--out', 'no/such/folder/out.csv']],
    ['a disk that is full', ['--out', '/dev/full']],
    ['a lane that is none', ['--lane', 'lane-7']],
    ['a format that is none', ['--format', 'xlsx']],
    ['a time that is none', ['--from', 'yesterday']],
  ])('says in one sentence what is wrong: %s', async (_what, args) => {
    await expect(run(aStationWith(1).file, ...args)).rejects.toThrow(PersonError);
  });
});
