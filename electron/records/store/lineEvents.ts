import type { LineEvent } from '../../contract/facts.ts';
import type { Database } from './database.ts';
import type { Lanes } from './lanes.ts';

/** What happened on the lanes beside their parts. */
export interface LineEvents {
  /** On disk when it returns; a second copy changes nothing. */
  keep(event: LineEvent): void;
  /** Newest first. */
  recent(query: { lane: string; limit: number }): LineEvent[];
}

/** Prepares the statements of the lanes' events. */
export const prepareLineEvents = (database: Database, lanes: Pick<Lanes, 'id' | 'idOrNull'>): LineEvents => {
  const insert = database.prepare<[string, number, string, string, number]>(
    'INSERT INTO line_events VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const select = database.prepare<[number, number], Omit<LineEvent, 'lane'>>(
    'SELECT id, kind, what, at_ms AS atMs FROM line_events WHERE lane_id = ? ORDER BY at_ms DESC LIMIT ?',
  );
  return {
    keep: ({ id, lane, kind, what, atMs }) => void insert.run(id, lanes.id(lane), kind, what, atMs),
    recent: ({ lane, limit }) => select.all(lanes.idOrNull(lane) ?? -1, limit).map((event) => ({ ...event, lane })),
  };
};
