import type { Database } from './database.ts';

/** What can happen to the records of a station besides parts. */
export type EventKind =
  | 'damaged'
  | 'log-lost'
  | 'restored'
  | 'clock-step'
  | 'certificate'
  | 'checked'
  | 'challenge-good'
  | 'challenge-bad'
  | 'report-resent';

/** One thing that happened; `lane` and `sequence` where it is about a place among the records. */
export interface StoreEvent {
  atMs: number;
  kind: EventKind;
  lane: string | null;
  sequence: number | null;
  what: string;
}

/** The journal of the store; nothing is ever taken out of it. */
export interface Events {
  add(event: StoreEvent): void;
  /** Newest first, those since `sinceMs` (wall clock). */
  recent(kinds: readonly EventKind[], sinceMs: number): StoreEvent[];
  lastOf(kind: EventKind): StoreEvent | null;
}

const columns = 'e.at_ms AS atMs, e.kind, l.lane, e.sequence, e.what';
const mostRecent = 50;

/** Prepares the statements of the journal of `station`. */
export const prepareEvents = (database: Database, station: string): Events => {
  const insert = database.prepare<[StoreEvent & { station: string }]>(`
    INSERT INTO events (at_ms, kind, lane_id, sequence, what)
    VALUES (@atMs, @kind, (SELECT id FROM lanes WHERE station = @station AND lane = @lane), @sequence, @what)`);
  const recent = database.prepare<[string, number], StoreEvent>(`
    SELECT ${columns} FROM events e LEFT JOIN lanes l ON l.id = e.lane_id
    WHERE e.kind = ? AND e.at_ms >= ? ORDER BY e.at_ms DESC, e.id DESC LIMIT ${mostRecent}`);
  return {
    add: (event) => void insert.run({ ...event, station }),
    recent: (kinds, sinceMs) => kinds.flatMap((kind) => recent.all(kind, sinceMs)).toSorted((a, b) => b.atMs - a.atMs),
    lastOf: (kind) => recent.get(kind, Number.MIN_SAFE_INTEGER) ?? null,
  };
};
