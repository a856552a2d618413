import type { ParetoBar, TrendPoint } from '../../contract/api.ts';
import type { VerdictKind } from '../../contract/verdict.ts';
import type { Database } from './database.ts';
import type { Lanes } from './lanes.ts';
import { hourMs, minuteMs } from './rollUp.ts';

/** The last `minutes` minutes of a lane up to `nowMs`, oldest first, those without a part included. */
export const prepareTrend = (
  database: Database,
  lanes: Lanes,
): ((query: { lane: string; minutes: number }, nowMs: number) => TrendPoint[]) => {
  const select = database.prepare<[number, number, number], { minuteMs: number; verdict: VerdictKind; count: number }>(`
    SELECT from_ms AS minuteMs, verdict, sum(count) AS count FROM production
    WHERE lane_id = ? AND span_ms = ${minuteMs} AND from_ms BETWEEN ? AND ? GROUP BY from_ms, verdict`);
  return ({ lane, minutes }, nowMs) => {
    const newestMs = Math.floor(nowMs / minuteMs) * minuteMs;
    const oldestMs = newestMs - (minutes - 1) * minuteMs;
    const points = Array.from({ length: minutes }, (_, index) => ({
      ...{ minuteMs: oldestMs + index * minuteMs, ok: 0, nok: 0, unsure: 0, error: 0 },
    }));
    for (const row of select.all(lanes.idOrNull(lane) ?? -1, oldestMs, newestMs)) {
      const point = points[(row.minuteMs - oldestMs) / minuteMs];
      if (point !== undefined) point[row.verdict] = row.count;
    }
    return points;
  };
};

/** The defects of a lane in the last `hours` hours, most frequent first. A part that was not inspected is no defect. */
export const preparePareto = (
  database: Database,
  lanes: Lanes,
): ((query: { lane: string; hours: number }, nowMs: number) => ParetoBar[]) => {
  const select = database.prepare<[{ id: number; oldestMinuteMs: number; oldestHourMs: number }], ParetoBar>(`
    SELECT reason, sum(count) AS count FROM (
      SELECT reason, count, verdict FROM production
      WHERE lane_id = @id AND span_ms = ${minuteMs} AND from_ms >= @oldestMinuteMs AND from_ms < @oldestHourMs
      UNION ALL
      SELECT reason, count, verdict FROM production
      WHERE lane_id = @id AND span_ms = ${hourMs} AND from_ms >= @oldestHourMs
    ) WHERE verdict = 'nok' GROUP BY reason ORDER BY count DESC, reason`);
  return ({ lane, hours }, nowMs) => {
    const oldestMinuteMs = Math.floor((nowMs - hours * hourMs) / minuteMs) * minuteMs;
    const oldestHourMs = Math.ceil(oldestMinuteMs / hourMs) * hourMs;
    return select.all({ id: lanes.idOrNull(lane) ?? -1, oldestMinuteMs, oldestHourMs });
  };
};
