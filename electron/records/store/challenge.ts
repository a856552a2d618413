import type { Counts, SinceChallenge } from '../../contract/api.ts';
import { verdictKinds } from '../../contract/verdict.ts';
import type { Database } from './database.ts';
import type { Lanes } from './lanes.ts';

/**
 * What a lane has decided since its last challenge that went well: what has to be looked at again when the next goes
 * wrong. Without one, since the first record.
 */
export const prepareSinceChallenge = (database: Database, lanes: Lanes): ((query: { lane: string }) => SinceChallenge) => {
  const last = database.prepare<[number], { sequence: number; atMs: number }>(`
    SELECT sequence, at_ms AS atMs FROM events
    WHERE lane_id = ? AND kind = 'challenge-good' AND sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1`);
  const count = database
    .prepare<[number, string, number], number>(
      'SELECT count(*) FROM records INDEXED BY records_by_verdict WHERE lane_id = ? AND verdict = ? AND sequence > ?',
    )
    .pluck();
  return ({ lane }) => {
    const laneId = lanes.idOrNull(lane) ?? -1;
    const challenge = last.get(laneId) ?? null;
    const counts = verdictKinds.map((verdict) => [verdict, count.get(laneId, verdict, challenge?.sequence ?? 0) ?? 0]);
    return { challenge, counts: Object.fromEntries(counts) as Counts };
  };
};
