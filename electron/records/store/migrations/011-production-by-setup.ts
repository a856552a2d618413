/**
 * Production by the set-up that made it, and so by order, lot, model and recipe. What was counted before has the set-up 0:
 * it stays in every total and belongs to no order.
 */
export const sql = `
  ALTER TABLE production RENAME TO production_before;
  CREATE TABLE production (
    lane_id INTEGER NOT NULL,
    span_ms INTEGER NOT NULL,
    from_ms INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    count INTEGER NOT NULL,
    setup_id INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (lane_id, span_ms, from_ms, setup_id, verdict, reason)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO production (lane_id, span_ms, from_ms, verdict, reason, count)
    SELECT lane_id, span_ms, from_ms, verdict, reason, count FROM production_before;
  DROP TABLE production_before;
`;
