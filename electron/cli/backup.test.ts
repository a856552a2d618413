import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aStationWith, runCommand } from '../../test/records/command.ts';
import { PersonError } from '../base/errors.ts';
import { backupCommand } from './backup.ts';
import { restoreCommand } from './restore.ts';

const run = (file: string, to: string): Promise<string> => runCommand(backupCommand, 'backup', '--station', file, '--to', to);

describe('linegate backup and restore', () => {
  it('say how a copy is made and put back', async () => {
    const { folder, file } = aStationWith(3);
    const to = join(folder, 'backup');
    expect(await run(file, to)).toContain(`linegate restore --station ${file} --from ${to}`);
    expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual(['backup']);
    const put = (from: string): Promise<string> => runCommand(restoreCommand, 'restore', '--station', file, '--from', from);
    expect(await put(to)).toContain(join(folder, 'data', 'replaced'));
    await expect(put(join(folder, 'none'))).rejects.toThrow(PersonError);
  });

  it('write over nothing', async () => {
    const { folder, file } = aStationWith(1);
    const to = join(folder, 'backup');
    writeFileSync(to, 'an older one');
    await expect(run(file, to)).rejects.toThrow(PersonError);
  });
});
