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

/** What `error` means for the store; a fault that hides behind a `cause` is found. */
export const faultOf = (error: unknown): StoreFault => {
  if (error instanceof DamagedError) return { kind: 'damaged', message: error.message };
  if (error instanceof PersonError && error.cause !== undefined) return faultOf(error.cause);
  const kind = kinds.find(([code]) => codeOf(error).startsWith(code))?.[1] ?? 'other';
  return { kind, message: messageOf(error) };
};
