import type { PartRecord } from '../contract/record.ts';

/** A queue that was full is so until this share of it has room, so that the gate does not flicker. */
const roomAgain = 0.1;

/** Records that are not on disk, by lane in the order of their sequences, `most` at most. */
export const openRecordQueue = (lanes: readonly string[], most: number) => {
  const waiting = new Map<string, PartRecord[]>(lanes.map((lane) => [lane, []]));
  let count = 0;
  let isFull = false;
  return {
    /** `false`: there is no room, and the record is not taken. */
    add(record: PartRecord): boolean {
      if (count >= most) return false;
      waiting.get(record.lane)?.push(record);
      count += 1;
      if (count >= most) isFull = true;
      return true;
    },
    /** All of a lane up to and including `sequence` are on disk. */
    kept(lane: string, sequence: number): void {
      const records = waiting.get(lane);
      if (records === undefined) return;
      const after = records.findIndex((record) => record.sequence > sequence);
      count -= records.splice(0, after < 0 ? records.length : after).length;
      if (count <= most * (1 - roomAgain)) isFull = false;
    },
    all: (): PartRecord[] => [...waiting.values()].flat(),
    renumber(numbered: (record: PartRecord) => PartRecord): void {
      for (const [lane, records] of waiting) waiting.set(lane, records.map(numbered));
    },
    count: (): number => count,
    /** It has been full, and is still nearly so. */
    isFull: (): boolean => isFull,
  };
};
