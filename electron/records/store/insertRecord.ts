import type { PartRecord } from '../../contract/record.ts';
import type { Database } from './database.ts';
import { type RecordRow, toRow } from './row.ts';

/** Where a record goes: the numbers of its lane and its set-up. */
export interface Target {
  laneId: number;
  setupId: number;
}

/**
 * Inserts one record with its report. `copy`: it is there already; `taken`: another part is there under its id. Neither
 * changes anything.
 */
export const prepareInsertRecord = (
  database: Database,
  isReporting: boolean,
): ((record: PartRecord, target: Target) => 'kept' | 'copy' | 'taken') => {
  const insert = database.prepare<[RecordRow & Target]>(`
    INSERT INTO records VALUES (
      @laneId, @sequence, @setupId, @part_id, @encoder, @verdict, @reason, @label, @confidence, @scores, @frame_sequence,
      @reject, @gate, @decided_at_ms, @decided_mono_ms, @verdict_ms, @gate_ack_ms, @challenge
    ) ON CONFLICT DO NOTHING`);
  const insertReport = database.prepare<[number, number]>('INSERT INTO reports (lane_id, sequence) VALUES (?, ?)');
  const isSamePart = database
    .prepare<[number, number, number, number], number>(
      'SELECT part_id = ? AND decided_at_ms = ? FROM records WHERE lane_id = ? AND sequence = ?',
    )
    .pluck();
  return (record, target) => {
    if (insert.run({ ...toRow(record), ...target }).changes === 0)
      return isSamePart.get(record.partId, record.decidedAtMs, target.laneId, record.sequence) === 1 ? 'copy' : 'taken';
    if (isReporting) insertReport.run(target.laneId, record.sequence);
    return 'kept';
  };
};
