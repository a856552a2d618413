import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf, PersonError } from '../../base/errors.ts';
import type { StoreFaultKind } from '../../contract/alarms.ts';

/** A fault of the disk under the records, as the operator is told. */
export interface StoreFault {
  kind: StoreFaultKind;
  message: string;
}

/** By the beginning of SQLite's or the system's error code; the first that fits counts. */
const kinds: readonly (readonly [code: string, kind: StoreFaultKind])[] = [
  ['SQLITE_FULL', 'full'],
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_IOERR_SHORT_READ', 'damaged'],
  ['SQLITE_IOERR_CORRUPTFS', 'damaged'],
  ['SQLITE_IOERR_DATA', 'damaged'],
  ['SQLITE_IOERR', 'io'],
  ['EIO', 'io'],
  ['SQLITE_READONLY', 'read-only'],
  ['EROFS', 'read-only'],
  ['SQLITE_CANTOPEN', 'no-permission'],
  ['SQLITE_PERM', 'no-permission'],
  ['SQLITE_AUTH', 'no-permission'],
  ['EACCES', 'no-permission'],
  ['EPERM', 'no-permission'],
];

/** A check that found the file to be damaged. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError';
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/**
 * Why `file` cannot be written, as the system says it: SQLite opens a file that is not ours to read only, and calls it
 * read-only at the first write, as it does on such a disk. `null`: nothing forbids it.
 */
const forbids = (file: string): StoreFaultKind | null => {
  const kindsFound = [file, `${file}-wal`, `${file}-shm`, dirname(file)].map((path) => {
    try {
      accessSync(path, constants.W_OK);
      return null;
    } catch (error) {
      return codeOf(error) === 'ENOENT' ? null : kindOf(error);
    }
  });
  return kindsFound.find((kind) => kind === 'read-only') ?? kindsFound.find((kind) => kind !== null) ?? null;
};

const kindOf = (error: unknown): StoreFaultKind => kinds.find(([code]) => codeOf(error).startsWith(code))?.[1] ?? 'other';

/** What of this the system is asked about: SQLite says the one for the other. */
const isAboutWriting = (kind: StoreFaultKind): boolean => kind === 'read-only' || kind === 'no-permission';

/**
 * What `error` means for the store; a fault that hides behind a `cause` is found.
 *
 * @param file The file of records; with it a disk that is read-only is told from a file that is not ours.
 */
export const faultOf = (error: unknown, file?: string): StoreFault => {
  if (error instanceof DamagedError) return { kind: 'damaged', message: error.message };
  if (error instanceof PersonError && error.cause !== undefined) return faultOf(error.cause, file);
  const kind = kindOf(error);
  const message = messageOf(error);
  return { kind: (file !== undefined && isAboutWriting(kind) && forbids(file)) || kind, message };
};
