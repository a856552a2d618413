import type { TrendPoint } from '../../electron/contract/api.ts';

/** Columns for the trend chart, one entry a minute, oldest first; each verdict already stacked on those below it. */
export interface Stacked {
  /** Minutes before now: −59 … 0. */
  minute: number[];
  error: number[];
  unsure: number[];
  nok: number[];
  ok: number[];
}

/**
 * The last `count` minutes up to `nowMs`; a minute without a part is zero, so that a stop is seen as a gap.
 * From the bottom: error, unsure, nok, ok — what is abnormal shares the base line and can be compared.
 *
 * @param nowMs The station's wall clock.
 */
export const stackMinutes = (points: readonly TrendPoint[], nowMs: number, count: number): Stacked => {
  const thisMinute = Math.floor(nowMs / 60_000);
  const byMinute = new Map(points.map((point) => [Math.floor(point.minuteMs / 60_000), point]));
  const stacked: Stacked = { minute: [], error: [], unsure: [], nok: [], ok: [] };
  for (let minute = 1 - count; minute <= 0; minute += 1) {
    const { ok = 0, nok = 0, unsure = 0, error = 0 } = byMinute.get(thisMinute + minute) ?? {};
    stacked.minute.push(minute);
    stacked.error.push(error);
    stacked.unsure.push(error + unsure);
    stacked.nok.push(error + unsure + nok);
    stacked.ok.push(error + unsure + nok + ok);
  }
  return stacked;
};
