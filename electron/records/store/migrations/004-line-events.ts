/** What happened on the lanes beside their parts: recipes, interlocks, triggers that were none. `id` is given by `line`. */
export const sql = `
  CREATE TABLE line_events (
    id TEXT PRIMARY KEY,
    lane_id INTEGER NOT NULL REFERENCES lanes,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX line_events_by_age ON line_events (lane_id, at_ms);
`;
