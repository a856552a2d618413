import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { PersonError } from '../../base/errors.ts';
import { openFile } from './database.ts';

/** Longer than a killed predecessor needs to be gone. */
const patienceMs = 500;

/**
 * Takes the data folder for this process: one owner per file on disk. It is SQLite's own lock on a database of its own,
 * so the kernel gives it back however the process ends, and readers of the records (export, backup) are let in.
 * Throws {@link PersonError} when another process has it (faults #50), and as it came what the disk refuses.
 */
export const lockStore = (file: string): { release(): void } => {
  mkdirSync(dirname(file), { recursive: true });
  // SQLite says "unable to open" for a read-only disk and a wrong permission alike; the system tells them apart.
  accessSync(dirname(file), constants.W_OK);
  const path = `${file}.lock`;
  // A lock that is not ours to write would be shared: SQLite opens it to read only, and locks it for readers.
  if (existsSync(path)) accessSync(path, constants.W_OK);
  const lock = openFile(path, patienceMs);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!(cause instanceof Error && 'code' in cause && String(cause.code).startsWith('SQLITE_BUSY'))) throw cause;
    throw new PersonError(
      `Another Linegate already keeps its records in ${dirname(file)}.`,
      'Stop it first; a data folder has one station.',
      { cause },
    );
  }
  return { release: () => void lock.close() };
};
