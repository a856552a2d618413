import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What belongs to one SQLite file, in the order in which it is moved. */
const parts = ['', '-wal', '-shm'] as const;
/** Damaged files are kept for whoever wants to look; older ones go, the disk is for production. */
const mostKept = 3;
/** In a folder from which all was copied that can be read. */
const doneMark = 'salvaged';

const asideOf = (file: string): string => join(dirname(file), 'damaged');

/** Folders of what was set aside, oldest first: their names are times. */
const foldersOf = (file: string): string[] => {
  const aside = asideOf(file);
  return existsSync(aside)
    ? readdirSync(aside)
        .toSorted()
        .map((name) => join(aside, name))
    : [];
};

/** A name for the folder of what is set aside now, which nothing there has. */
export const newAside = (file: string, nowMs: number): string => {
  const name = new Date(nowMs).toISOString().replaceAll(':', '-');
  const taken = foldersOf(file).filter((folder) => basename(folder).startsWith(name)).length;
  return taken === 0 ? name : `${name}-${taken + 1}`;
};

/** Moves a damaged file with its log into the folder `name` under `damaged` beside it; also what an interrupted move has left. */
export const setAside = (file: string, name: string): void => {
  const folder = join(asideOf(file), name);
  mkdirSync(folder, { recursive: true });
  for (const part of parts) if (existsSync(file + part)) renameSync(file + part, join(folder, basename(file) + part));
};

/** Whether the file was moved into the folder `name`; its log may not have been. */
export const isAside = (file: string, name: string): boolean => existsSync(join(asideOf(file), name, basename(file)));

/** The files set aside from which not all was copied yet, newest first. */
export const pendingAside = (file: string): string[] =>
  foldersOf(file)
    .filter((folder) => !existsSync(join(folder, doneMark)))
    .toReversed()
    .map((folder) => join(folder, basename(file)));

/** All was copied that could be read. */
export const markSalvaged = (damaged: string): void => writeFileSync(join(dirname(damaged), doneMark), '');

/** Removes all but the newest few of what was set aside and copied. */
export const pruneAside = (file: string): void => {
  const done = foldersOf(file).filter((folder) => existsSync(join(folder, doneMark)));
  for (const folder of done.slice(0, Math.max(0, done.length - mostKept))) rmSync(folder, { recursive: true, force: true });
};
