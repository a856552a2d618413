import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder, aStore } from '../../../test/records/store.ts';
import { PersonError } from '../../base/errors.ts';
import { DamagedError, faultOf } from './fault.ts';

const nobody = 65_534;
const withCode = (code: string): Error => Object.assign(new Error('said so'), { code });

describe('a fault of the disk', () => {
  it.each([
    [withCode('SQLITE_FULL'), 'full'],
    [withCode('ENOSPC'), 'full'],
    [withCode('SQLITE_IOERR_FSYNC'), 'io'],
    [withCode('SQLITE_READONLY'), 'read-only'],
    [withCode('EACCES'), 'no-permission'],
    [new DamagedError('it is empty'), 'damaged'],
    [new PersonError('a', 'b', { cause: withCode('EROFS') }), 'read-only'],
    ['what', 'other'],
  ])('%s is %s', (error, kind) => {
    expect(faultOf(error).kind).toBe(kind);
  });

  it('stays what SQLite calls it, where the system forbids nothing', () => {
    const file = join(aFolder(), 'records.sqlite');
    writeFileSync(file, '');
    expect(faultOf(withCode('SQLITE_READONLY'), file).kind).toBe('read-only');
    expect(faultOf(withCode('SQLITE_CANTOPEN'), file).kind).toBe('no-permission');
  });

  // Who is root may write everything.
  it.skipIf(process.getuid?.() !== 0)(
    'is a wrong permission where the file is not ours, though SQLite calls it read-only',
    () => {
      const folder = aFolder();
      const file = join(folder, 'records.sqlite');
      aStore({ file }).close();
      chmodSync(folder, 0o777);
      chmodSync(file, 0o644);
      // All is loaded before who runs it may not read the code any more.
      const script = `
      const { openDatabase, openFile, touch } = await import('./electron/records/store/database.ts');
      const { faultOf } = await import('./electron/records/store/fault.ts');
      const file = ${JSON.stringify(file)};
      openFile(':memory:', 0).close();
      process.setgroups([]);
      process.setgid(${nobody});
      process.setuid(${nobody});
      try { touch(openDatabase(file)); } catch (error) { console.log(error.code, faultOf(error, file).kind); }`;
      const { stdout } = spawnSync(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script],
        {
          cwd: join(import.meta.dirname, '../../..'),
          encoding: 'utf8',
        },
      );
      expect(stdout).toMatch(/^SQLITE_READONLY\S* no-permission\n$/);
    },
  );
});
