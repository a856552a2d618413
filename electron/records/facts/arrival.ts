import { z } from 'zod';
import { partRecord } from '../../contract/record.ts';
import type { Arrival } from '../store/keepRecords.ts';

const id = z.object({ station: z.string(), lane: z.string(), sequence: z.int().positive() });

/**
 * What a record fact brings. A record that is none (NaN for a score, say) but bears an id of ours is set aside, so that
 * one bad record neither stops the others nor is lost. `null`: not even an id of this station; whoever sends it is not
 * our line.
 */
export const arrivalOf = (content: unknown, station: string, lanes: readonly string[]): Arrival | null => {
  const read = partRecord.safeParse(content);
  const found = read.success ? read.data : id.safeParse(content).data;
  if (found === undefined || found.station !== station || !lanes.includes(found.lane)) return null;
  if (read.success) return { record: read.data };
  const first = read.error.issues[0];
  return {
    lane: found.lane,
    sequence: found.sequence,
    why: `${first?.path.join('.') ?? ''}: ${first?.message ?? 'not valid'}`,
    content: JSON.stringify(content),
  };
};
