/**
 * What happened to the records themselves: damage, a lost log, a step of the clock, a challenge. Beside it the damaged
 * files that were set aside and how far each has been salvaged, and how many records left by the keeping rule.
 */
export const sql = `
  CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    -- The lane it is about, NULL for the whole station, and the last sequence that was there before it.
    lane_id INTEGER,
    sequence INTEGER,
    what TEXT NOT NULL
  ) STRICT;
  CREATE INDEX events_by_kind ON events (kind, at_ms);
  CREATE INDEX events_by_lane ON events (lane_id, kind, sequence);

  CREATE TABLE salvages (
    folder TEXT PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    -- The table that is being copied and the last key that was, as JSON; NULL before the first and after the last.
    at_table TEXT,
    after_key TEXT,
    rows INTEGER NOT NULL DEFAULT 0,
    unreadable INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;

  -- 'skipped': line never sent them. 'damage': they were lost here, or their numbers were never given.
  ALTER TABLE gaps ADD COLUMN cause TEXT NOT NULL DEFAULT 'skipped';

  -- Records of good parts that left because the quota was full, and the sequence up to which that has happened.
  ALTER TABLE lanes ADD COLUMN evicted INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE lanes ADD COLUMN evicted_to INTEGER NOT NULL DEFAULT 0;
`;
