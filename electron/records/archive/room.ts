import { stat, statfs } from 'node:fs/promises';
import type { PicturesRoom } from '../store/quota.ts';

/** Where the pictures lie, and by which rule they share their disk with the records. */
export interface Place {
  /** Of the pictures. */
  folder: string;
  /** The database: it takes what it needs first. */
  recordsFile: string;
  /** Of the station file. */
  allowedBytes: number;
  quotaOf(room: PicturesRoom): number;
}

/** How many bytes of pictures may lie there now, when `picturesBytes` do; before the first there is nothing to look at. */
export const quotaNow = async ({ folder, recordsFile, allowedBytes, quotaOf }: Place, picturesBytes: number): Promise<number> => {
  const disk = await statfs(folder).catch(() => null);
  if (disk === null) return allowedBytes;
  const { bavail, blocks, bsize } = disk;
  const recordsBytes = await stat(recordsFile).then(
    ({ size }) => size,
    () => 0,
  );
  const room = { picturesBytes, recordsBytes, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  return quotaOf({ ...room, allowedBytes });
};
