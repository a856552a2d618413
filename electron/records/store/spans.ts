/** Lengths of time for which production is counted, milliseconds. */
export const spanMs = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  /** Its name in the table; a month begins where the calendar says. */
  month: 30 * 86_400_000,
} as const;
export type Span = keyof typeof spanMs;

const longestFirst = ['month', 'day', 'hour', 'minute'] as const satisfies Span[];

/** The beginning of the span that `ms` (wall clock) lies in; days and months in UTC. */
export const startOf = (span: Span, ms: number): number => {
  if (span !== 'month') return Math.floor(ms / spanMs[span]) * spanMs[span];
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
};

/** The beginning of the span after the one that `ms` lies in. */
export const endOf = (span: Span, ms: number): number => {
  if (span !== 'month') return startOf(span, ms) + spanMs[span];
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
};

/** Whole spans of one length, from the first's beginning to the last's end. */
export interface Piece {
  span: Span;
  fromMs: number;
  toMs: number;
}

/**
 * The whole minutes that touch `fromMs` … `toMs` (the end not included), in as few and as long spans as there are: a
 * question about a year reads some dozens of rows instead of half a million.
 */
export const cover = (fromMs: number, toMs: number): Piece[] => {
  if (toMs <= fromMs) return [];
  const end = endOf('minute', toMs - 1);
  const pieces: Piece[] = [];
  let at = startOf('minute', fromMs);
  while (at < end) {
    const span = longestFirst.find((each) => startOf(each, at) === at && endOf(each, at) <= end) ?? 'minute';
    const last = pieces.at(-1);
    const next = endOf(span, at);
    if (last?.span === span) last.toMs = next;
    else pieces.push({ span, fromMs: at, toMs: next });
    at = next;
  }
  return pieces;
};
