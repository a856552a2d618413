import type { PlannedPart } from './plan.ts';

/** What the reject-confirm sensor says of a part that is past the gate; `none`: there is no such sensor, as far as we know. */
export type Seen = 'seen' | 'unseen' | 'none';

/** A sensor names a part within so long after it was at the gate. */
const sensorMs = 500;

/**
 * The reject-confirm sensor: what it has to say of a part is waited for, once it has ever named one. `end` is told of each part
 * that is passed in, once.
 */
export const openSensor = (monoMs: () => number, end: (part: PlannedPart, seen: Seen) => void) => {
  /** Named before they were taken for past. */
  const named = new Set<number>();
  let isThere = false;
  let waiting: { part: PlannedPart; sinceMs: number }[] = [];
  return {
    /** A part is past the gate. */
    pass(part: PlannedPart): void {
      if (named.delete(part.partId)) end(part, 'seen');
      else if (!isThere) end(part, 'none');
      else waiting.push({ part, sinceMs: monoMs() });
    },
    /** The sensor has named a part; `isKnown`: one that was planned and has not ended. */
    name(partId: number, isKnown: boolean): void {
      isThere = true;
      const found = waiting.find(({ part }) => part.partId === partId);
      if (found === undefined) return void (isKnown && named.add(partId));
      waiting = waiting.filter((each) => each !== found);
      end(found.part, 'seen');
    },
    /** To be called every few milliseconds: for those that it has not named in time. */
    onTime(): void {
      for (let first = waiting[0]; first !== undefined && monoMs() - first.sinceMs > sensorMs; first = waiting[0]) {
        waiting.shift();
        end(first.part, 'unseen');
      }
    },
    /** Parts past the gate of which it may still speak. */
    waiting: (): number => waiting.length,
  };
};
