import type { ChallengeResult, SinceChallenge, SinceChallengeQuery } from '../../contract/api.ts';
import { challengePassed, type Challenged } from '../../contract/challenge.ts';
import type { Database } from './database.ts';
import type { Events } from './events.ts';
import type { Lanes } from './lanes.ts';
import { prepareParts } from './parts.ts';
import { prepareCountAfter } from './tallies.ts';

/**
 * What a lane has decided since its last challenge that went well: what has to be looked at again when the next goes
 * wrong. Without one, since the first record. All of it is counted; of the parts themselves comes a page.
 */
export const prepareSinceChallenge = (database: Database, lanes: Lanes): ((query: SinceChallengeQuery) => SinceChallenge) => {
  const last = database.prepare<[number], { sequence: number; atMs: number }>(`
    SELECT sequence, at_ms AS atMs FROM events good
    WHERE lane_id = ? AND kind = 'challenge-good' AND sequence IS NOT NULL AND NOT EXISTS (SELECT 1 FROM events bad
      WHERE bad.lane_id = good.lane_id AND bad.kind = 'challenge-bad' AND bad.sequence = good.sequence AND bad.id > good.id)
    ORDER BY sequence DESC LIMIT 1`);
  const countAfter = prepareCountAfter(database);
  const parts = prepareParts(database, lanes);
  return (query) => {
    const laneId = lanes.idOrNull(query.lane) ?? -1;
    const challenge = last.get(laneId) ?? null;
    const after = challenge?.sequence ?? 0;
    return { challenge, counts: countAfter(laneId, after), ...parts({ ...query, after }) };
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
    events.add({ atMs: nowMs, lane, sequence, ...told(sequence, passed, by) });
    return true;
  };
};

/**
 * Notes by itself how a challenge went that the PLC had announced, once that is known; within the transaction that keeps it.
 * A person who says otherwise afterwards has the last word.
 */
export const noteOutcome = (events: Events, part: Challenged & { lane: string; sequence: number }, nowMs: number): void => {
  const passed = challengePassed(part);
  if (passed === null) return;
  events.add({ atMs: nowMs, lane: part.lane, sequence: part.sequence, ...told(part.sequence, passed, 'station') });
};

const told = (sequence: number, passed: boolean, by: string) => ({
  kind: passed ? ('challenge-good' as const) : ('challenge-bad' as const),
  what: `The challenge with part ${sequence} ${passed ? 'went well' : 'went wrong'}, says the ${by}.`,
});
