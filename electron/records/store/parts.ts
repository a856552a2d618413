import type { PartsPage, PartsQuery, PartSummary } from '../../contract/api.ts';
import type { PartRecord } from '../../contract/record.ts';
import { verdictKinds } from '../../contract/verdict.ts';
import type { Database } from './database.ts';
import type { Lanes } from './lanes.ts';
import { prepareRanges, type Range } from './ranges.ts';
import { fromRow, fullColumns, type FullRow } from './row.ts';

type SummaryRow = Omit<PartSummary, 'lane' | 'reject' | 'hasPicture' | 'isLossless'> & { reject: number; picture: string | null };

/** What one walk down an index finds: `key` is the verdict or the class it walks along. */
type Walk = Range & { laneId: number; key: string; fromMs: number; toMs: number; limit: number };

/**
 * By what the records are walked, from the newest down. The index is named: SQLite, without figures about the tables,
 * takes the primary key for all three, and looks at ten million records for ten.
 */
const walks = {
  all: { index: 'NOT INDEXED', where: '@key = @key' },
  verdict: { index: 'INDEXED BY records_by_verdict', where: 'r.verdict = @key' },
  class: { index: 'INDEXED BY records_by_class', where: "r.reason = @key AND r.verdict <> 'ok'" },
} as const;
type By = keyof typeof walks;

/** The statement of a walk. */
export const walkSql = (by: By): string => `
  SELECT r.sequence, r.part_id AS partId, r.verdict, r.reason, r.confidence, r.decided_at_ms AS decidedAtMs, r.reject,
    (SELECT p.format FROM pictures p WHERE p.lane_id = r.lane_id AND p.sequence = r.sequence) AS picture
  FROM records r ${walks[by].index} WHERE r.lane_id = @laneId AND ${walks[by].where} AND r.sequence BETWEEN @first AND @last
    AND r.decided_at_ms >= @fromMs AND r.decided_at_ms < @toMs ORDER BY r.sequence DESC LIMIT @limit`;

const newestFirst = (a: { sequence: number }, b: { sequence: number }): number => b.sequence - a.sequence;

/** The parts of a lane that a question is about, newest first, a page at a time. */
export const prepareParts = (database: Database, lanes: Lanes): ((query: PartsQuery) => PartsPage) => {
  const rangesOf = prepareRanges(database);
  const statement = (by: By) => database.prepare<[Walk], SummaryRow>(walkSql(by));
  const statements = { all: statement('all'), verdict: statement('verdict'), class: statement('class') };

  /** Along which index, and for which of its values: a page of each together holds the page that is asked for. */
  const plan = ({ verdicts = [...verdictKinds], classes = [] }: PartsQuery): { by: By; keys: readonly string[] } => {
    if (classes.length > 0) return { by: 'class', keys: [...new Set(classes)] };
    const distinct = [...new Set(verdicts)];
    return distinct.length === verdictKinds.length ? { by: 'all', keys: [''] } : { by: 'verdict', keys: distinct };
  };

  return (query) => {
    const { lane, limit, fromMs = Number.MIN_SAFE_INTEGER, toMs = Number.MAX_SAFE_INTEGER } = query;
    const laneId = lanes.idOrNull(lane);
    const found: SummaryRow[] = [];
    if (laneId !== null) {
      const { by, keys } = plan(query);
      for (const range of rangesOf(laneId, query).toReversed()) {
        const left = limit - found.length;
        if (left <= 0) break;
        const page = keys.flatMap((key) => statements[by].all({ ...range, laneId, key, fromMs, toMs, limit: left }));
        found.push(...page.toSorted(newestFirst).slice(0, left));
      }
    }
    const parts = found.map(({ picture, ...row }) => ({
      ...row,
      ...{ lane, reject: row.reject === 1, hasPicture: picture !== null, isLossless: picture === 'png' },
    }));
    return { parts, next: parts.length < limit ? null : (parts.at(-1)?.sequence ?? null) };
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
