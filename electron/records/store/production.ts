import type { Counts, ParetoBar, ProductionPoint, TrendPoint } from '../../contract/api.ts';
import type { VerdictKind } from '../../contract/verdict.ts';
import type { Database } from './database.ts';
import type { Lanes } from './lanes.ts';
import { cover, endOf, type Span, spanMs, startOf } from './spans.ts';

type SpanQuery = { laneId: number; spanMs: number; fromMs: number; toMs: number };
/** A lane and a time, the end not included. */
interface Period {
  lane: string;
  fromMs: number;
  toMs: number;
}

const none: Counts = { ok: 0, nok: 0, unsure: 0, error: 0 };

/** The questions about production: all of them answered from the roll-ups. */
export const prepareProduction = (database: Database, lanes: Lanes) => {
  const perSpan = database.prepare<[SpanQuery], { fromMs: number; verdict: VerdictKind; count: number }>(`
    SELECT from_ms AS fromMs, verdict, sum(count) AS count FROM production
    WHERE lane_id = @laneId AND span_ms = @spanMs AND from_ms >= @fromMs AND from_ms < @toMs GROUP BY from_ms, verdict`);
  const perReason = database.prepare<[SpanQuery], { verdict: VerdictKind; reason: string; count: number }>(`
    SELECT verdict, reason, sum(count) AS count FROM production
    WHERE lane_id = @laneId AND span_ms = @spanMs AND from_ms >= @fromMs AND from_ms < @toMs GROUP BY verdict, reason`);

  const reasonsOf = ({ lane, fromMs, toMs }: Period): { verdict: VerdictKind; reason: string; count: number }[] => {
    const laneId = lanes.idOrNull(lane) ?? -1;
    return cover(fromMs, toMs).flatMap((piece) => perReason.all({ ...piece, laneId, spanMs: spanMs[piece.span] }));
  };

  const production = ({ lane, fromMs, toMs, span }: Period & { span: Span }): ProductionPoint[] => {
    const points: ProductionPoint[] = [];
    for (let at = startOf(span, fromMs); at < toMs; at = endOf(span, at)) points.push({ fromMs: at, ...none });
    const byTime = new Map(points.map((point) => [point.fromMs, point]));
    const asked = { laneId: lanes.idOrNull(lane) ?? -1, spanMs: spanMs[span], fromMs: startOf(span, fromMs), toMs };
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
