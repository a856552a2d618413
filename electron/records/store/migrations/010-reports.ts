/**
 * Job orders of the MES with what was made of each, the order and lot of every record (with the set-up: the same for hours
 * on end), and what people corrected in reports that the MES had refused. A record itself is never changed.
 */
export const sql = `
  ALTER TABLE setups ADD COLUMN job_order TEXT;
  ALTER TABLE setups ADD COLUMN lot TEXT;

  CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    job_order TEXT NOT NULL UNIQUE,
    lot TEXT NOT NULL,
    product TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    state TEXT NOT NULL,
    started_at_ms INTEGER,
    ended_at_ms INTEGER,
    -- Counted in the transaction that keeps the records.
    ok INTEGER NOT NULL DEFAULT 0,
    nok INTEGER NOT NULL DEFAULT 0,
    unsure INTEGER NOT NULL DEFAULT 0,
    error INTEGER NOT NULL DEFAULT 0,
    -- Whether the MES has heard of the end.
    told INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX jobs_by_state ON jobs (state, told);

  -- What became of each command, so that a second copy is answered as the first was.
  CREATE TABLE job_answers (
    number INTEGER PRIMARY KEY,
    status TEXT NOT NULL
  ) STRICT;

  CREATE TABLE corrections (
    lane_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    -- The fields of the report that are not those of the record, as JSON.
    content TEXT NOT NULL,
    by_role TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (lane_id, sequence)
  ) STRICT, WITHOUT ROWID;
`;
