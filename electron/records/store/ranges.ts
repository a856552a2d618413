import type { Database } from './database.ts';
import { startOf } from './spans.ts';

/** Sequences from `first` to `last`, both included. */
export interface Range {
  first: number;
  last: number;
}

/** What narrows a question down to a part of a lane's sequence. */
export interface Narrowing {
  fromMs?: number | undefined;
  /** Not included. */
  toMs?: number | undefined;
  order?: string | undefined;
  model?: string | undefined;
  recipe?: string | undefined;
  /** Only sequences after this one. */
  after?: number | undefined;
  /** Only sequences before this one. */
  before?: number | undefined;
}

const everything: Range = { first: 1, last: Number.MAX_SAFE_INTEGER };

const overlap = (a: Range, b: Range): Range => ({ first: Math.max(a.first, b.first), last: Math.min(a.last, b.last) });

/**
 * The ranges of a lane's sequence in which the records of a question lie, oldest first. Times are those of the clock as
 * it was: where it had been set back, a range holds records of other times too, and the question filters them.
 */
export const prepareRanges = (database: Database): ((laneId: number, narrowing: Narrowing) => Range[]) => {
  const bySetup = database.prepare<
    [{ laneId: number; order: string | null; model: string | null; recipe: string | null }],
    Range
  >(`
    SELECT first, last FROM (
      SELECT first, coalesce(lead(first) OVER (ORDER BY first) - 1, ${everything.last}) AS last, value
      FROM setup_runs WHERE lane_id = @laneId)
    JOIN setups s ON s.id = value
    WHERE (@order IS NULL OR s.job_order = @order) AND (@model IS NULL OR s.model = @model) AND (@recipe IS NULL OR s.recipe = @recipe) ORDER BY first`);
  const byTime = database.prepare<
    [{ laneId: number; fromMs: number; toMs: number }],
    { first: number | null; newest: number | null }
  >(`
    SELECT min(first) AS first, max(first) AS newest FROM minutes
    WHERE lane_id = @laneId AND value >= @fromMs AND value < @toMs`);
  const next = database
    .prepare<[number, number], number>('SELECT min(first) FROM minutes WHERE lane_id = ? AND first > ?')
    .pluck();

  const timeRange = (laneId: number, { fromMs, toMs }: Narrowing): Range | null => {
    if (fromMs === undefined && toMs === undefined) return everything;
    const found = byTime.get({
      laneId,
      fromMs: fromMs === undefined ? Number.MIN_SAFE_INTEGER : startOf('minute', fromMs),
      toMs: toMs ?? Number.MAX_SAFE_INTEGER,
    });
    if (found === undefined || found.first === null || found.newest === null) return null;
    return { first: found.first, last: (next.get(laneId, found.newest) ?? everything.last + 1) - 1 };
  };

  return (laneId, narrowing) => {
    const { order, model, recipe, after = 0, before = everything.last } = narrowing;
    const inTime = timeRange(laneId, narrowing);
    if (inTime === null) return [];
    const asked = overlap(inTime, { first: after + 1, last: before - 1 });
    const setups =
      order === undefined && model === undefined && recipe === undefined
        ? [everything]
        : bySetup.all({ laneId, order: order ?? null, model: model ?? null, recipe: recipe ?? null });
    return setups.map((range) => overlap(range, asked)).filter(({ first, last }) => first <= last);
  };
};
