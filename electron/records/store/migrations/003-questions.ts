/**
 * What makes questions quick at ten million records without an index on each: where a minute and where a set-up begin in
 * the sequence, an index of the few parts that are not good, and production by the day and by the month.
 */
export const sql = `
  -- Written when it changes: the minute (of the clock as it was) or the set-up from this sequence on.
  CREATE TABLE minutes (
    lane_id INTEGER NOT NULL,
    first INTEGER NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (lane_id, first)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX minutes_by_value ON minutes (lane_id, value);
  CREATE TABLE setup_runs (
    lane_id INTEGER NOT NULL,
    first INTEGER NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (lane_id, first)
  ) STRICT, WITHOUT ROWID;

  INSERT INTO minutes SELECT lane_id, sequence, minute FROM (
    SELECT lane_id, sequence, decided_at_ms / 60000 * 60000 AS minute,
      lag(decided_at_ms / 60000 * 60000) OVER (PARTITION BY lane_id ORDER BY sequence) AS before FROM records
  ) WHERE before IS NOT minute;
  INSERT INTO setup_runs SELECT lane_id, sequence, setup_id FROM (
    SELECT lane_id, sequence, setup_id,
      lag(setup_id) OVER (PARTITION BY lane_id ORDER BY sequence) AS before FROM records
  ) WHERE before IS NOT setup_id;

  CREATE INDEX records_by_class ON records (lane_id, reason, sequence) WHERE verdict <> 'ok';

  INSERT INTO production SELECT lane_id, 86400000, from_ms / 86400000 * 86400000, verdict, reason, sum(count)
    FROM production WHERE span_ms = 3600000 GROUP BY 1, 3, 4, 5;
  -- A month begins where the calendar says (UTC); 30 days are only its name here.
  INSERT INTO production SELECT lane_id, 2592000000,
    CAST(strftime('%s', from_ms / 1000, 'unixepoch', 'start of month') AS INTEGER) * 1000, verdict, reason, sum(count)
    FROM production WHERE span_ms = 3600000 GROUP BY 1, 3, 4, 5;
`;
