import type { ChallengeResult, Counts, SinceChallenge } from '../../contract/api.ts';
import { verdictKinds } from '../../contract/verdict.ts';
import type { Database } from './database.ts';
import type { Events } from './events.ts';
import type { Lanes } from './lanes.ts';

/**
 * What a lane has decided since its last challenge that went well: what has to be looked at again when the next goes
 * wrong. Without one, since the first record.
 */
export const prepareSinceChallenge = (database: Database, lanes: Lanes): ((query: { lane: string }) => SinceChallenge) => {
  const last = database.prepare<[number], { sequence: number; atMs: number }>(`
    SELECT sequence, at_ms AS atMs FROM events good
    WHERE lane_id = ? AND kind = 'challenge-good' AND sequence IS NOT NULL AND NOT EXISTS (SELECT 1 FROM events bad
      WHERE bad.lane_id = good.lane_id AND bad.kind = 'challenge-bad' AND bad.sequence = good.sequence AND bad.id > good.id)
    ORDER BY sequence DESC LIMIT 1`);
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

/** Puts on record how the challenge with a part went; `false` when there is no such part. `nowMs` is wall clock. */
export const prepareNoteChallenge = (
  database: Database,
  lanes: Lanes,
  events: Events,
): ((challenge: ChallengeResult & { by: string }, nowMs: number) => boolean) => {
  const isThere = database.prepare<[number, number], 1>('SELECT 1 FROM records WHERE lane_id = ? AND sequence = ?').pluck();
  return ({ lane, sequence, passed, by }, nowMs) => {
    if (isThere.get(lanes.idOrNull(lane) ?? -1, sequence) === undefined) return false;
    const what = `The challenge with part ${sequence} ${passed ? 'went well' : 'went wrong'}, says the ${by}.`;
    events.add({ atMs: nowMs, kind: passed ? 'challenge-good' : 'challenge-bad', lane, sequence, what });
    return true;
  };
};
