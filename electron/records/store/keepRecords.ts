import type { PartRecord } from '../../contract/record.ts';
import type { Database } from './database.ts';
import type { Lanes } from './lanes.ts';
import { openGaps } from './gaps.ts';
import { openRollUp } from './rollUp.ts';
import { type RecordRow, toRow } from './row.ts';
import { openSetups } from './setups.ts';

/** What came for keeping: a record, or what should have been one. */
export type Arrival = { record: PartRecord } | { lane: string; sequence: number; why: string; content: string };

/** What became of a batch. */
export interface Kept {
  records: number;
  /** Second copies, ignored. */
  copies: number;
  /** Put into `set_aside`. */
  aside: number;
}

interface LaneBatch {
  lastSequence: number;
  records: number;
}

/**
 * Keeps a batch, all or nothing, on disk when it returns.
 *
 * What must hold: a record, its report and its place in the roll-up are one transaction; a second copy changes nothing; what `line`
 * skipped in its sequence is a gap; nothing that came is lost, whatever it was.
 */
export const prepareKeep = (
  database: Database,
  lanes: Lanes,
  isReporting: boolean,
): ((batch: readonly Arrival[], nowMs: number) => Kept) => {
  const setupOf = openSetups(database);
  const rollUp = openRollUp(database);
  const gaps = openGaps(database);
  const insert = database.prepare<[RecordRow & { lane_id: number; setup_id: number }]>(`
    INSERT INTO records VALUES (
      @lane_id, @sequence, @setup_id, @part_id, @encoder, @verdict, @reason, @label, @confidence, @scores, @frame_sequence,
      @reject, @gate, @decided_at_ms, @decided_mono_ms, @verdict_ms, @gate_ack_ms
    ) ON CONFLICT DO NOTHING`);
  const isSamePart = database
    .prepare<[number, number, number, number], number>(
      'SELECT part_id = ? AND decided_at_ms = ? FROM records WHERE lane_id = ? AND sequence = ?',
    )
    .pluck();
  const insertReport = database.prepare<[number, number]>('INSERT INTO reports (lane_id, sequence) VALUES (?, ?)');
  const insertAside = database.prepare<[number, number, string, string, number]>(
    'INSERT INTO set_aside VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const lastOf = database.prepare<[number], number>('SELECT last_sequence FROM lanes WHERE id = ?').pluck();
  const updateLane = database.prepare<[number, number, number, number]>(
    'UPDATE lanes SET last_sequence = ?, records = records + ?, waiting = waiting + ? WHERE id = ?',
  );

  const keepRecord = (record: PartRecord, laneId: number, setupId: number, nowMs: number): 'record' | 'copy' | 'aside' => {
    if (insert.run({ ...toRow(record), lane_id: laneId, setup_id: setupId }).changes === 0) {
      if (isSamePart.get(record.partId, record.decidedAtMs, laneId, record.sequence) === 1) return 'copy';
      insertAside.run(laneId, record.sequence, 'another part has this id', JSON.stringify(record), nowMs);
      return 'aside';
    }
    if (isReporting) insertReport.run(laneId, record.sequence);
    rollUp.count(laneId, record);
    return 'record';
  };

  const keep = database.transaction((batch: readonly Arrival[], setupIds: readonly number[], nowMs: number): Kept => {
    const kept: Kept = { records: 0, copies: 0, aside: 0 };
    const touched = new Map<number, LaneBatch>();
    for (const [index, arrival] of batch.entries()) {
      const { lane, sequence } = 'record' in arrival ? arrival.record : arrival;
      const laneId = lanes.id(lane);
      const laneBatch = touched.get(laneId) ?? { lastSequence: lastOf.get(laneId) ?? 0, records: 0 };
      touched.set(laneId, laneBatch);
      if ('record' in arrival) {
        const became = keepRecord(arrival.record, laneId, setupIds[index] ?? 0, nowMs);
        if (became === 'record') laneBatch.records += 1;
        kept[became === 'record' ? 'records' : became === 'copy' ? 'copies' : 'aside'] += 1;
      } else kept.aside += insertAside.run(laneId, sequence, arrival.why, arrival.content, nowMs).changes;
      gaps.see(laneId, laneBatch.lastSequence, sequence, nowMs);
      laneBatch.lastSequence = Math.max(laneBatch.lastSequence, sequence);
    }
    for (const [laneId, { lastSequence, records }] of touched)
      updateLane.run(lastSequence, records, isReporting ? records : 0, laneId);
    rollUp.write();
    return kept;
  });

  return (batch, nowMs) => {
    rollUp.forget();
    // Set-ups first and by themselves: their numbers are remembered, so they must outlive a batch that fails.
    const setupIds = batch.map((arrival) => ('record' in arrival ? setupOf(arrival.record) : 0));
    return keep.immediate(batch, setupIds, nowMs);
  };
};
