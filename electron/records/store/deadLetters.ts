import type { Correction, DeadLetter } from '../../contract/api.ts';
import type { Database } from './database.ts';
import type { Events } from './events.ts';
import type { Lanes } from './lanes.ts';

/** A person looks at them one by one: more would help nobody. */
const mostListed = 100;

interface Resend {
  lane: string;
  sequence: number;
  correction: Correction;
  /** The role of who asks for it. */
  by: string;
}

/** Reports that the MES refused for good, for a person to see, correct and send again (faults #47). */
export interface DeadLetters {
  /** Oldest first. */
  list(): DeadLetter[];
  /**
   * Puts one back among the reports, with what the person corrected; `false` when it is none any more. The record stays as
   * it was decided; the correction is kept beside it, and the journal says by whom.
   */
  resend(what: Resend, nowMs: number): boolean;
}

type Row = Omit<DeadLetter, 'correction'> & { content: string | null };

/** Prepares the statements of the dead letters. */
export const prepareDeadLetters = (database: Database, lanes: Lanes, events: Events): DeadLetters => {
  const select = database.prepare<[], Row>(`
    SELECT l.lane, d.sequence, d.why, d.at_ms AS atMs, r.part_id AS partId, r.verdict, s.job_order AS "order", s.lot, c.content
    FROM dead_letters d JOIN lanes l ON l.id = d.lane_id
    JOIN records r ON r.lane_id = d.lane_id AND r.sequence = d.sequence JOIN setups s ON s.id = r.setup_id
    LEFT JOIN corrections c ON c.lane_id = d.lane_id AND c.sequence = d.sequence
    ORDER BY d.at_ms, d.lane_id, d.sequence LIMIT ${mostListed}`);
  const remove = database.prepare<[number, number]>('DELETE FROM dead_letters WHERE lane_id = ? AND sequence = ?');
  const insert = database.prepare<[number, number]>('INSERT INTO reports (lane_id, sequence) VALUES (?, ?)');
  const correct = database.prepare<[number, number, string, string, number]>(
    'INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?, ?)',
  );
  const wait = database.prepare<[number]>('UPDATE lanes SET waiting = waiting + 1 WHERE id = ?');

  const resend = database.transaction(({ lane, sequence, correction, by }: Resend, nowMs: number): boolean => {
    const laneId = lanes.idOrNull(lane);
    if (laneId === null || remove.run(laneId, sequence).changes === 0) return false;
    insert.run(laneId, sequence);
    wait.run(laneId);
    const content = JSON.stringify(correction);
    if (content !== '{}') correct.run(laneId, sequence, content, by, nowMs);
    const what = `The report was sent again (${by})${content === '{}' ? '' : `, corrected: ${content}`}.`;
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
