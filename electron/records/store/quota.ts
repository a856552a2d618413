/** Room on the disk that the records leave to their own log, to checkpoints, to other programs. */
const mostReservedBytes = 512 * 1024 ** 2;
const reservedShare = 0.2;

/** How much of everything is taken; what is above `evictAbove` of the quota is brought down to `evictTo`. */
export const evictAbove = 0.9;
export const evictTo = 0.85;

/** What the disk under the records says, and what the station file allows. */
export interface Room {
  /** The database as it is. */
  fileBytes: number;
  freeBytes: number;
  totalBytes: number;
  allowedBytes: number;
}

/** What the disk under the pictures says, and what the station file allows them. */
export interface PicturesRoom extends Omit<Room, 'fileBytes'> {
  picturesBytes: number;
  /** The database beside them. */
  recordsBytes: number;
}

const reservedOf = (totalBytes: number): number => Math.min(mostReservedBytes, totalBytes * reservedShare);

/**
 * How large the file may grow: what is allowed, and never into the last of the disk, where not even DELETE and checkpoint
 * work any more (reference: faults, measured facts).
 */
export const quotaOf = ({ fileBytes, freeBytes, totalBytes, allowedBytes }: Room): number =>
  Math.max(0, Math.floor(Math.min(allowedBytes, fileBytes + freeBytes - reservedOf(totalBytes))));

/**
 * How much the pictures may take: the same, less what keeps the records below the mark at which theirs begin to go, and
 * half a reserve for those that come all at once. So pictures give way before any record does. // faults #43
 */
export const picturesQuotaOf = ({ picturesBytes, recordsBytes, freeBytes, ...rest }: PicturesRoom): number => {
  const toGrowBytes = Math.max(recordsBytes * (1 / evictTo - 1), reservedOf(rest.totalBytes) / 2);
  return quotaOf({ ...rest, fileBytes: picturesBytes, freeBytes: freeBytes - toGrowBytes });
};
