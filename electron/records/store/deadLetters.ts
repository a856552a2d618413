import type { Correction, DeadLetter, Resend } from '../../contract/api.ts';
import type { Database } from './database.ts';
import type { Events } from './events.ts';
import type { Lanes } from './lanes.ts';

/** A person looks at them one by one: more would help nobody. */
const mostListed = 100;

interface ResendBy extends Resend {
  /** The role of who asks for it. */
  by: string;
}

/** Reports that the MES refused for good, for a person to see, correct and send again (faults #47). */
export interface DeadLetters {
  /** Oldest first. */
  list(): DeadLetter[];
  /**
   * Puts one back among the reports, with what the person corrected; `false` when it is none any more. What was corrected
   * before and is not named now stays, `null` takes it back. The record stays as it was decided; the correction is kept
   * beside it, and the journal says by whom, and with what the report went.
   */
  resend(what: ResendBy, nowMs: number): boolean;
}

/** What is corrected, after `now` was corrected too. */
const merged = (before: Correction, now: Correction): Correction =>
  Object.fromEntries(Object.entries({ ...before, ...now }).filter(([, value]) => value !== null && value !== undefined));

/** With which correction a report goes: also one that was made before is told, for the MES hears it again. */
const howCorrected = (before: string, now: string): string => {
  if (now === '{}') return before === '{}' ? '' : `, the correction ${before} was taken back`;
  return now === before ? `, corrected before: ${now}` : `, corrected: ${now}${before === '{}' ? '' : ` instead of ${before}`}`;
};

type Row = Omit<DeadLetter, 'correction'> & { content: string | null };

/** Prepares the statements of the dead letters of the station `ours`, and of those that it was called before. */
export const prepareDeadLetters = (database: Database, ours: string, lanes: Lanes, events: Events): DeadLetters => {
  const select = database.prepare<[], Row>(`
    SELECT l.station, l.lane, d.sequence, d.why, d.at_ms AS atMs, r.part_id AS partId, r.verdict, s.job_order AS "order", s.lot, c.content
    FROM dead_letters d JOIN lanes l ON l.id = d.lane_id
    JOIN records r ON r.lane_id = d.lane_id AND r.sequence = d.sequence JOIN setups s ON s.id = r.setup_id
    LEFT JOIN corrections c ON c.lane_id = d.lane_id AND c.sequence = d.sequence
    ORDER BY d.at_ms, d.lane_id, d.sequence LIMIT ${mostListed}`);
  const remove = database.prepare<[number, number]>('DELETE FROM dead_letters WHERE lane_id = ? AND sequence = ?');
  const insert = database.prepare<[number, number]>('INSERT INTO reports (lane_id, sequence) VALUES (?, ?)');
  const correct = database.prepare<[number, number, string, string, number]>(
    'INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?, ?)',
  );
  const correctedBefore = database
    .prepare<[number, number], string>('SELECT content FROM corrections WHERE lane_id = ? AND sequence = ?')
    .pluck();
  const uncorrect = database.prepare<[number, number]>('DELETE FROM corrections WHERE lane_id = ? AND sequence = ?');
  const wait = database.prepare<[number]>('UPDATE lanes SET waiting = waiting + 1 WHERE id = ?');

  const resend = database.transaction(({ station = ours, lane, sequence, correction, by }: ResendBy, nowMs: number): boolean => {
    const laneId = lanes.idEver(station, lane);
    if (laneId === null || remove.run(laneId, sequence).changes === 0) return false;
    insert.run(laneId, sequence);
    wait.run(laneId);
    const kept = correctedBefore.get(laneId, sequence) ?? '{}';
    const content = JSON.stringify(merged(JSON.parse(kept) as Correction, correction));
    if (content === '{}') uncorrect.run(laneId, sequence);
    else if (content !== kept) correct.run(laneId, sequence, content, by, nowMs);
    const what = `The report was sent again (${by})${howCorrected(kept, content)}.`;
    events.add({ atMs: nowMs, kind: 'report-resent', lane, sequence, what });
    return true;
  });

  return {
    list: () =>
      select.all().map(({ content, ...row }) => ({
        ...row,
        correction: content === null ? {} : (JSON.parse(content) as Correction),
      })),
    resend: (what, nowMs) => resend.immediate(what, nowMs),
  };
};
