import type { PartSummary } from '../../contract/api.ts';
import type { PartRecord } from '../../contract/record.ts';
import type { Database } from './database.ts';
import type { Lanes } from './lanes.ts';
import { fromRow, fullColumns, type FullRow } from './row.ts';

type SummaryRow = Omit<PartSummary, 'lane' | 'reject' | 'hasPicture'> & { reject: number; hasPicture: number };

/** The newest records of a lane that have one of `verdicts`; one walk down the index for each verdict. */
export const prepareRecentParts = (
  database: Database,
  lanes: Lanes,
): ((query: { lane: string; verdicts: readonly string[]; limit: number }) => PartSummary[]) => {
  const select = database.prepare<[number, string, number], SummaryRow>(`
    SELECT r.sequence, r.part_id AS partId, r.verdict, r.reason, r.confidence, r.decided_at_ms AS decidedAtMs, r.reject,
      EXISTS (SELECT 1 FROM pictures p WHERE p.lane_id = r.lane_id AND p.sequence = r.sequence) AS hasPicture
    FROM records r WHERE r.lane_id = ? AND r.verdict = ? ORDER BY r.sequence DESC LIMIT ?`);
  return ({ lane, verdicts, limit }) => {
    const id = lanes.idOrNull(lane);
    if (id === null) return [];
    return [...new Set(verdicts)]
      .flatMap((verdict) => select.all(id, verdict, limit))
      .toSorted((a, b) => b.sequence - a.sequence)
      .slice(0, limit)
      .map((row) => ({ ...row, lane, reject: row.reject === 1, hasPicture: row.hasPicture === 1 }));
  };
};

/** One record in full. */
export const preparePart = (
  database: Database,
  lanes: Lanes,
): ((query: { lane: string; sequence: number }) => PartRecord | null) => {
  const select = database.prepare<[number, number], FullRow>(`
    SELECT ${fullColumns} FROM records r JOIN lanes l ON l.id = r.lane_id JOIN setups s ON s.id = r.setup_id
    WHERE r.lane_id = ? AND r.sequence = ?`);
  return ({ lane, sequence }) => {
    const row = select.get(lanes.idOrNull(lane) ?? -1, sequence);
    return row === undefined ? null : fromRow(row);
  };
};
