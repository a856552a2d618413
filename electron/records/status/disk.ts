import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf } from '../../base/errors.ts';
import type { Logger } from '../../base/log.ts';

const lookEveryMs = 5000;

/** How full the disk under the records is, and how much of it they take. */
export interface DiskUse {
  freeBytes: number;
  totalBytes: number;
  /** The database with its write-ahead log. */
  storeBytes: number;
}

/** Looks at the disk under `file`; what cannot be read counts as nothing. */
const readDiskUse = async (file: string): Promise<DiskUse> => {
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

/** Tells `board` now and then how full the disk under `file` is. */
export const watchDisk = async (file: string, board: { disk(use: DiskUse): void }, log: Logger): Promise<{ close(): void }> => {
  const look = (): Promise<void> =>
    readDiskUse(file).then(board.disk, (error: unknown) => log.warn({ why: messageOf(error) }, 'the disk cannot be looked at'));
  await look();
  const timer = setInterval(() => void look(), lookEveryMs);
  return { close: () => clearInterval(timer) };
};
