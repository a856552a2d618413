import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What belongs to one SQLite file, in the order in which it is moved. */
const parts = ['', '-wal', '-shm'] as const;
/** Damaged files are kept for whoever wants to look; older ones go, the disk is for production. */
const mostKept = 3;
/** In a folder from which all was copied that can be read. */
const doneMark = 'salvaged';

/** Folders of what was set aside, oldest first: their names are times. */
const foldersOf = (file: string): string[] => {
  const aside = join(dirname(file), 'damaged');
  return existsSync(aside)
    ? readdirSync(aside)
        .toSorted()
        .map((name) => join(aside, name))
    : [];
};

/** Moves a damaged file with its log into a folder of its own under `damaged` beside it. */
export const setAside = (file: string, nowMs: number): void => {
  const name = new Date(nowMs).toISOString().replaceAll(':', '-');
  const taken = foldersOf(file).filter((folder) => basename(folder).startsWith(name)).length;
  const folder = join(dirname(file), 'damaged', taken === 0 ? name : `${name}-${taken + 1}`);
  mkdirSync(folder, { recursive: true });
  for (const part of parts) if (existsSync(file + part)) renameSync(file + part, join(folder, basename(file) + part));
};

/** The file set aside last from which not all was copied yet, `null` when there is none. */
export const pendingAside = (file: string): string | null => {
  const folder = foldersOf(file)
    .toReversed()
    .find((each) => !existsSync(join(each, doneMark)));
  return folder === undefined ? null : join(folder, basename(file));
};

/** All was copied that could be read. */
export const markSalvaged = (damaged: string): void => writeFileSync(join(dirname(damaged), doneMark), '');

/** Removes all but the newest few of what was set aside and copied. */
export const pruneAside = (file: string): void => {
  const done = foldersOf(file).filter((folder) => existsSync(join(folder, doneMark)));
  for (const folder of done.slice(0, Math.max(0, done.length - mostKept))) rmSync(folder, { recursive: true, force: true });
};

/** A move that a power cut interrupted is finished: a log without its file belongs to the one set aside last. */
export const finishSetAside = (file: string): void => {
  const folder = foldersOf(file).at(-1);
  if (existsSync(file) || folder === undefined) return;
  for (const part of parts) if (existsSync(file + part)) renameSync(file + part, join(folder, basename(file) + part));
};
