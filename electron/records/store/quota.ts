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

/**
 * How large the file may grow: what is allowed, and never into the last of the disk, where not even DELETE and checkpoint
 * work any more (reference: faults, measured facts).
 */
export const quotaOf = ({ fileBytes, freeBytes, totalBytes, allowedBytes }: Room): number => {
  const reservedBytes = Math.min(mostReservedBytes, totalBytes * reservedShare);
  return Math.max(0, Math.floor(Math.min(allowedBytes, fileBytes + freeBytes - reservedBytes)));
};
