import { type Belt, encoderAt, encoderDistance } from './schedule.ts';

/** The belt, and when the encoder reading was heard that its place comes from. */
export interface HeardBelt extends Belt {
  readAtMs: number;
}

/** What the PLC told of the belt: one of its tags. */
export type BeltNews = Partial<Pick<Belt, 'countsPerSecond' | 'running'>> & { encoder?: number };

/** So much later than the quickest a reading may come and still be one of the same belt. */
const mostDelayMs = 10;
/** So long the quickest reading is believed: the told speed is not exact, and a belt slips. */
const mostAgeMs = 250;

/** A belt of which nothing was heard. */
export const unheardBelt = (): HeardBelt => ({ countsPerSecond: 0, running: false, at: null, readAtMs: 0 });

/**
 * The belt after a word of the PLC at `nowMs`, monotonic. Readings of the encoder are under way for different times, never
 * for less than none: the one that came quickest says best where the belt is, as in clock filters (RFC 5905 §10).
 */
export const hearBelt = (belt: HeardBelt, news: BeltNews, nowMs: number): HeardBelt => {
  const { encoder, ...motion } = news;
  return encoder === undefined ? onMotion(belt, motion, nowMs) : onReading(belt, encoder, nowMs);
};

/** From here on it moves otherwise: where it is now, it is by the motion that it had. */
const onMotion = (belt: HeardBelt, motion: Omit<BeltNews, 'encoder'>, nowMs: number): HeardBelt => {
  const encoder = encoderAt(belt, nowMs);
  return { ...belt, ...motion, at: encoder === null ? null : { encoder, heardAtMs: nowMs } };
};

const onReading = (belt: HeardBelt, encoder: number, nowMs: number): HeardBelt => {
  const expected = encoderAt(belt, nowMs);
  const read = { ...belt, at: { encoder, heardAtMs: nowMs }, readAtMs: nowMs };
  if (expected === null || !belt.running || nowMs - belt.readAtMs > mostAgeMs) return read;
  const behind = encoderDistance(encoder, expected);
  return behind >= 0 && behind <= (belt.countsPerSecond * mostDelayMs) / 1000 ? belt : read;
};
