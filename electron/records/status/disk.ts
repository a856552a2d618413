import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How full the disk under the records is, and how much of it they take. */
export interface DiskUse {
  freeBytes: number;
  totalBytes: number;
  /** The database with its write-ahead log. */
  storeBytes: number;
}

/** Looks at the disk under `file`; what cannot be read counts as nothing. */
export const readDiskUse = async (file: string): Promise<DiskUse> => {
  const sizes = await Promise.all(
    [file, `${file}-wal`].map((path) =>
      stat(path).then(
        (found) => found.size,
        () => 0,
      ),
    ),
  );
  const { bavail, blocks, bsize } = await statfs(dirname(file));
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize, storeBytes: sizes.reduce((sum, size) => sum + size, 0) };
};
