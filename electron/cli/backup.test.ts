import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aStationWith, runCommand } from '../../test/records/command.ts';
import { PersonError } from '../base/errors.ts';
import { backupCommand } from './backup.ts';

const run = (file: string, to: string): Promise<string> => runCommand(backupCommand, 'backup', '--station', file, '--to', to);

describe('linegate backup', () => {
  it('says which files belong together, and where they go', async () => {
    const { folder, file } = aStationWith(1);
    const to = join(folder, 'backup');
    const said = await run(file, to);
    const made = readdirSync(folder).filter((name) => name.startsWith('backup'));
    expect(made).toEqual(['backup', 'backup.numbers', 'backup.open']);
    for (const name of made) expect(said).toContain(join(folder, name));
    expect(said).toContain(join(folder, 'data'));
  });

  it('writes over nothing', async () => {
    const { folder, file } = aStationWith(1);
    const to = join(folder, 'backup');
    writeFileSync(to, 'an older one');
    await expect(run(file, to)).rejects.toThrow(PersonError);
    expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual(['backup']);
  });
});
