import type { Counts, MadeBy, ParetoBar, ProductionPoint, ProductionShare, TrendPoint } from '../../contract/api.ts';
import type { VerdictKind } from '../../contract/verdict.ts';
import type { Database } from './database.ts';
import type { Lanes } from './lanes.ts';
import { cover, endOf, type Span, spanMs, startOf } from './spans.ts';

type SpanQuery = { laneId: number; spanMs: number; fromMs: number; toMs: number };
type SetupQuery = {
  everything: number;
  order: string | null;
  model: string | null;
  modelVersion: string | null;
  recipe: string | null;
};
/** A lane and a time, the end not included; and what made the parts, where that is asked. */
interface Period extends MadeBy {
  lane: string;
  fromMs: number;
  toMs: number;
}

const none: Counts = { ok: 0, nok: 0, unsure: 0, error: 0 };

/** Which rows of the roll-ups; the set-ups are some thousand at most, and looked through once a question. */
const where = `lane_id = @laneId AND span_ms = @spanMs AND from_ms >= @fromMs AND from_ms < @toMs AND (@everything
  OR setup_id IN (SELECT id FROM setups WHERE (@order IS NULL OR job_order = @order) AND (@model IS NULL OR model = @model)
    AND (@modelVersion IS NULL OR model_version = @modelVersion) AND (@recipe IS NULL OR recipe = @recipe)))`;

const setupQuery = ({ order, model, modelVersion, recipe }: MadeBy): SetupQuery => ({
  everything: [order, model, modelVersion, recipe].every((each) => each === undefined) ? 1 : 0,
  ...{ order: order ?? null, model: model ?? null, modelVersion: modelVersion ?? null, recipe: recipe ?? null },
});

const partsOf = ({ ok, nok, unsure, error }: Counts): number => ok + nok + unsure + error;

/** The questions about production: all of them answered from the roll-ups. */
export const prepareProduction = (database: Database, lanes: Lanes) => {
  const perSpan = database.prepare<[SpanQuery & SetupQuery], { fromMs: number; verdict: VerdictKind; count: number }>(`
    SELECT from_ms AS fromMs, verdict, sum(count) AS count FROM production WHERE ${where} GROUP BY from_ms, verdict`);
  const perReason = database.prepare<[SpanQuery & SetupQuery], { verdict: VerdictKind; reason: string; count: number }>(`
    SELECT verdict, reason, sum(count) AS count FROM production WHERE ${where} GROUP BY verdict, reason`);
  const perSetup = database.prepare<[SpanQuery & SetupQuery], ShareRow>(`
    SELECT s.job_order AS "order", s.model, s.model_version AS modelVersion, verdict, sum(count) AS count
    FROM production JOIN setups s ON s.id = setup_id WHERE ${where} GROUP BY 1, 2, 3, 4`);

  const pieces = ({ lane, fromMs, toMs, ...madeBy }: Period): (SpanQuery & SetupQuery)[] => {
    const asked = { laneId: lanes.idOrNull(lane) ?? -1, ...setupQuery(madeBy) };
    return cover(fromMs, toMs).map((piece) => ({ ...asked, fromMs: piece.fromMs, toMs: piece.toMs, spanMs: spanMs[piece.span] }));
  };
  const reasonsOf = (period: Period): { verdict: VerdictKind; reason: string; count: number }[] =>
    pieces(period).flatMap((piece) => perReason.all(piece));

  const production = ({ lane, fromMs, toMs, span, ...madeBy }: Period & { span: Span }): ProductionPoint[] => {
    const points: ProductionPoint[] = [];
    for (let at = startOf(span, fromMs); at < toMs; at = endOf(span, at)) points.push({ fromMs: at, ...none });
    const byTime = new Map(points.map((point) => [point.fromMs, point]));
    const asked = {
      laneId: lanes.idOrNull(lane) ?? -1,
      ...setupQuery(madeBy),
      spanMs: spanMs[span],
      fromMs: startOf(span, fromMs),
      toMs,
    };
    for (const row of perSpan.all(asked)) {
      const point = byTime.get(row.fromMs);
      if (point !== undefined) point[row.verdict] = row.count;
    }
    return points;
  };

  const pareto = (period: Period): ParetoBar[] => {
    const counts = new Map<string, number>();
    for (const { verdict, reason, count } of reasonsOf(period))
      if (verdict === 'nok') counts.set(reason, (counts.get(reason) ?? 0) + count);
    return [...counts]
      .map(([reason, count]) => ({ reason, count }))
      .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  };

  return {
    /** By span of time, oldest first, those without a part included. */
    production,
    /** How many parts of each verdict. */
    counts(period: Period): Counts {
      const counts = { ...none };
      for (const { verdict, count } of reasonsOf(period)) counts[verdict] += count;
      return counts;
    },
    /** How many parts each order or each model has made, the most first. */
    shares: (query: Period & { by: 'order' | 'model' }): ProductionShare[] =>
      addUp(
        pieces(query).flatMap((piece) => perSetup.all(piece)),
        query.by,
      ),
    /** The defects of a period, most frequent first. A part that was not inspected is no defect. */
    defects: pareto,
    /** The last `minutes` minutes up to `nowMs`. */
    trend({ lane, minutes }: { lane: string; minutes: number }, nowMs: number): TrendPoint[] {
      const toMs = endOf('minute', nowMs);
      return production({ lane, span: 'minute', fromMs: toMs - minutes * spanMs.minute, toMs }).map(({ fromMs, ...counts }) => ({
        minuteMs: fromMs,
        ...counts,
      }));
    },
    /** The defects of the last `hours` hours. */
    pareto: ({ lane, hours }: { lane: string; hours: number }, nowMs: number): ParetoBar[] =>
      pareto({ lane, fromMs: nowMs - hours * spanMs.hour, toMs: endOf('minute', nowMs) }),
  };
};

interface ShareRow {
  order: string | null;
  model: string;
  modelVersion: string;
  verdict: VerdictKind;
  count: number;
}

const addUp = (rows: readonly ShareRow[], by: 'order' | 'model'): ProductionShare[] => {
  const shares = new Map<string, ProductionShare>();
  for (const { order, model, modelVersion, verdict, count } of rows) {
    const madeBy = by === 'order' ? { order } : { model, modelVersion };
    const key = JSON.stringify(madeBy);
    const share = shares.get(key) ?? { order: null, model: null, modelVersion: null, ...madeBy, counts: { ...none } };
    share.counts[verdict] += count;
    shares.set(key, share);
  }
  return [...shares]
    .toSorted(([a, { counts: of }], [b, { counts: than }]) => partsOf(than) - partsOf(of) || (a < b ? -1 : 1))
    .map(([, share]) => share);
};
