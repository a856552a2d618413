/** The few records whose parts are not past the gate yet. */
export const sql = `
  CREATE INDEX records_underway ON records (lane_id, sequence) WHERE gate = 'underway';
`;
