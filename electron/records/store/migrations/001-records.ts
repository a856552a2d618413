/**
 * The first tables. Names of lanes and set-ups are kept once: a record is some 110 bytes, and there may be ten million.
 * A record's id is station + lane + sequence; order is by sequence, never by a clock.
 */
export const sql = `
  CREATE TABLE lanes (
    id INTEGER PRIMARY KEY,
    station TEXT NOT NULL,
    lane TEXT NOT NULL,
    last_sequence INTEGER NOT NULL DEFAULT 0,
    -- Counted in the transaction that changes them: nobody counts ten million rows.
    records INTEGER NOT NULL DEFAULT 0,
    waiting INTEGER NOT NULL DEFAULT 0,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    UNIQUE (station, lane)
  ) STRICT;

  -- What decided a part: the same for hours on end.
  CREATE TABLE setups (
    id INTEGER PRIMARY KEY,
    model TEXT NOT NULL,
    model_version TEXT NOT NULL,
    model_sha8 TEXT NOT NULL,
    provider TEXT,
    recipe TEXT NOT NULL
  ) STRICT;

  CREATE TABLE records (
    lane_id INTEGER NOT NULL REFERENCES lanes,
    sequence INTEGER NOT NULL,
    setup_id INTEGER NOT NULL REFERENCES setups,
    part_id INTEGER NOT NULL,
    encoder INTEGER,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    label TEXT,
    confidence REAL NOT NULL,
    -- Float32, little endian: what the model gave, bit for bit.
    scores BLOB NOT NULL,
    frame_sequence INTEGER,
    reject INTEGER NOT NULL,
    gate TEXT NOT NULL,
    decided_at_ms INTEGER NOT NULL,
    decided_mono_ms REAL NOT NULL,
    verdict_ms REAL,
    gate_ack_ms REAL,
    PRIMARY KEY (lane_id, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX records_by_verdict ON records (lane_id, verdict, sequence);

  -- Records that the MES has not acknowledged yet.
  CREATE TABLE reports (
    lane_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    refusals INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (lane_id, sequence)
  ) STRICT, WITHOUT ROWID;

  -- Reports that the MES refused too often: for a person to look at.
  CREATE TABLE dead_letters (
    lane_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    why TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (lane_id, sequence)
  ) STRICT, WITHOUT ROWID;

  -- Sequences that never came, from first to last.
  CREATE TABLE gaps (
    lane_id INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    found_at_ms INTEGER NOT NULL,
    PRIMARY KEY (lane_id, first)
  ) STRICT, WITHOUT ROWID;

  -- What came as a record and is none, or bears the id of another: not counted, not reported, not lost.
  CREATE TABLE set_aside (
    lane_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    why TEXT NOT NULL,
    content TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (lane_id, sequence)
  ) STRICT, WITHOUT ROWID;

  -- Production by the minute and by the hour (span_ms): yield, trend and pareto in a moment at any size.
  CREATE TABLE production (
    lane_id INTEGER NOT NULL,
    span_ms INTEGER NOT NULL,
    from_ms INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (lane_id, span_ms, from_ms, verdict, reason)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE pictures (
    lane_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    decided_at_ms INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (lane_id, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pictures_by_age ON pictures (verdict, decided_at_ms);
`;
