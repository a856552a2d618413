/**
 * Which records are of challenge parts, and how many parts of each verdict there are in every 4096 of a lane's sequence:
 * what was decided since a certain part is a few hundred rows, however long ago it was.
 */
export const sql = `
  ALTER TABLE records ADD COLUMN challenge TEXT;

  CREATE TABLE tallies (
    lane_id INTEGER NOT NULL,
    -- The sequence divided by 4096.
    block INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (lane_id, block, verdict)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO tallies SELECT lane_id, sequence / 4096, verdict, count(*)
    FROM records INDEXED BY records_by_verdict GROUP BY 1, 2, 3;
`;
