import { databaseFile } from '../../config/paths.ts';
import type { GateState } from '../../contract/gate.ts';
import { openReader } from '../../records/store/reader.ts';

/** What the gate did, compared with what was decided. */
export interface GateTruth {
  /** Parts that were compared. */
  compared: number;
  /** Parts that went out and should not have, or the other way round. */
  wrongActions: number;
  /** How their records say that it ended. */
  outcomes: Partial<Record<GateState, number>>;
}

/** Which parts were decided, wall clock. */
export interface Decided {
  lane: string;
  fromMs: number;
  toMs: number;
}

/** Compares the records of the demo station in `folder` with the ids of the parts that went out at the simulated gate. */
export const gateTruth = (folder: string, decided: Decided, ejected: readonly number[]): GateTruth => {
  const out = new Set(ejected);
  const truth: GateTruth = { compared: 0, wrongActions: 0, outcomes: {} };
  const reader = openReader(databaseFile(`${folder}/data`), 'DEMO');
  try {
    for (const { records } of reader.select(decided))
      for (const { partId, reject, gate } of records) {
        truth.compared += 1;
        truth.outcomes[gate] = (truth.outcomes[gate] ?? 0) + 1;
        if (reject !== out.has(partId)) truth.wrongActions += 1;
      }
  } finally {
    reader.close();
  }
  return truth;
};
