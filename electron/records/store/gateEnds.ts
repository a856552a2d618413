import type { GateOutcome } from '../../contract/gate.ts';
import type { Database } from './database.ts';

/** What became, at a gate that the station times, of parts that were on record before they were there. */
export interface GateEnds {
  /** Only of a record that is `underway`: a second copy changes nothing. */
  settle(laneId: number, sequence: number, outcome: GateOutcome): void;
  /** Who was to tell has gone: nobody knows of those that are `underway`. How many they are. */
  abandon(): number;
}

/** Prepares the statements; both are for within a transaction that keeps what `line` has sent. */
export const prepareGateEnds = (database: Database): GateEnds => {
  const settle = database.prepare<[GateOutcome, number, number]>(
    "UPDATE records SET gate = ? WHERE lane_id = ? AND sequence = ? AND gate = 'underway'",
  );
  const abandon = database.prepare<[GateOutcome]>(
    "UPDATE records INDEXED BY records_underway SET gate = ? WHERE gate = 'underway'",
  );
  return {
    settle: (laneId, sequence, outcome) => void settle.run(outcome, laneId, sequence),
    abandon: () => abandon.run('unknown').changes,
  };
};
