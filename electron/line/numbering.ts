/** Numbers skipped when only the supervisor's memory is there: more than can have been given since it last heard of them. */
const safetyGap = 10_000;

/** Where a lane's numbers begin. */
export interface Start {
  /** The last one before the first that will be given. */
  from: number;
  /** How many were skipped for those that nobody knows of; they become a gap on record. */
  gap: number;
}

/**
 * Where a lane goes on: after what is on disk, and after what the supervisor heard of the process before this one.
 * `onDisk` is `null` when `records` does not answer: then the numbers are provisional, until {@link shiftOf} is known.
 */
export const startOf = (onDisk: number | null, heard: number): Start => {
  if (heard === 0 || (onDisk !== null && heard <= onDisk)) return { from: onDisk ?? 0, gap: 0 };
  return { from: heard + safetyGap, gap: safetyGap };
};

/**
 * What must be added to the numbers that were given since `start`, once `records` tells what it has: never less than
 * brings all of them behind what is on disk, and none for a start that was right.
 */
export const shiftOf = ({ from, gap }: Start, onDisk: number): number => Math.max(0, onDisk + gap - from);
