import type { GateOutcome } from '../../contract/gate.ts';
import type { GateEnd } from '../../contract/facts.ts';
import type { Database } from './database.ts';
import type { Challenged } from '../../contract/challenge.ts';
import { gateActions, type RecordRow } from './row.ts';

/** A part of which it is known now how its gate command ended. */
export type Ended = Challenged & { lane: string; sequence: number };

/** What became, at a gate that the station times, of parts that were on record before they were there. */
export interface GateEnds {
  /** Only of a record that is `underway`: a second copy changes nothing, and is `null`. */
  settle(laneId: number, end: GateEnd): Ended | null;
  /** Who was to tell has gone: nobody knows of those that are `underway`. */
  abandon(): Ended[];
}

type Row = Pick<RecordRow, 'challenge' | 'verdict' | 'reject' | 'gate' | 'sequence'> & { lane: string };
const returned = 'RETURNING challenge, verdict, reject, gate, sequence, (SELECT lane FROM lanes WHERE id = lane_id) AS lane';

/** Prepares the statements; both are for within a transaction that keeps what `line` has sent. */
export const prepareGateEnds = (database: Database): GateEnds => {
  const settle = database.prepare<[GateOutcome, number, number], Row>(
    `UPDATE records SET gate = ? WHERE lane_id = ? AND sequence = ? AND gate = 'underway' ${returned}`,
  );
  const abandon = database.prepare<[GateOutcome], Row>(
    `UPDATE records INDEXED BY records_underway SET gate = ? WHERE gate = 'underway' ${returned}`,
  );
  const ended = (row: Row): Ended => ({ ...row, reject: row.reject === gateActions.reject });
  return {
    settle(laneId, { sequence, outcome }) {
      const row = settle.get(outcome, laneId, sequence);
      return row === undefined ? null : ended(row);
    },
    abandon: () => abandon.all('unknown').map(ended),
  };
};
