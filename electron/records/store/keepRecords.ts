import type { GateEnd } from '../../contract/facts.ts';
import type { PartRecord } from '../../contract/record.ts';
import { noteOutcome } from './challenge.ts';
import type { Database } from './database.ts';
import type { Events } from './events.ts';
import { openGaps } from './gaps.ts';
import { prepareGateEnds } from './gateEnds.ts';
import { prepareInsertRecord } from './insertRecord.ts';
import type { Jobs } from './jobs.ts';
import type { Lanes } from './lanes.ts';
import { openRollUp } from './rollUp.ts';
import { openRuns } from './runs.ts';
import { openSetups } from './setups.ts';
import { startOf } from './spans.ts';
import { openTallies } from './tallies.ts';

/** What came as a record: one, or what should have been one. */
export type RecordArrival = { record: PartRecord } | { lane: string; sequence: number; why: string; content: string };
/** What came for keeping: a record, what became of its part at the gate, or the word that another `line` begins here. */
export type Arrival = RecordArrival | { gateEnd: GateEnd } | { newLine: true };

/** What became of a batch. */
export interface Kept {
  records: number;
  /** Second copies, ignored. */
  copies: number;
  /** Put into `set_aside`. */
  aside: number;
  /** By lane, the last sequence of the batch: all that `line` has sent up to it is on disk. */
  upTo: Record<string, number>;
  /** Ends of gate commands that are on disk. */
  gateEnds: GateEnd[];
  /** Records of which nobody will tell any more how the gate command ended. */
  abandoned: number;
}

type Outcome = 'records' | 'copies' | 'aside';

/**
 * Keeps a batch, all or nothing, on disk when it returns. `nowMs` is wall clock, for gaps and what is set aside.
 *
 * What must hold: a record, its report, its place in the roll-ups and how its challenge went are one transaction; a second copy changes nothing;
 * what `line` skipped in its sequence is a gap; nothing that came is lost, whatever it was.
 */
export const prepareKeep = (
  database: Database,
  lanes: Lanes,
  jobs: Pick<Jobs, 'stamp' | 'count'>,
  { isReporting, events }: { isReporting: boolean; events: Events },
): ((batch: readonly Arrival[], nowMs: number) => Kept) => {
  const setupOf = openSetups(database);
  const rollUp = openRollUp(database);
  const tallies = openTallies(database);
  const advance = prepareAdvance(database, isReporting);
  const insert = prepareInsertRecord(database, isReporting);
  const gateEnds = prepareGateEnds(database);
  const [minutes, setupRuns] = [openRuns(database, 'minutes'), openRuns(database, 'setup_runs')];
  const insertAside = database.prepare<[number, number, string, string, number]>(
    'INSERT INTO set_aside VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );

  const keepOne = (arrival: RecordArrival, setupId: number, nowMs: number): Outcome => {
    const { lane, sequence } = 'record' in arrival ? arrival.record : arrival;
    const laneId = lanes.id(lane);
    const outcome = 'record' in arrival ? insert(arrival.record, { laneId, setupId }) : 'no-record';
    advance(laneId, sequence, outcome === 'kept', nowMs);
    if (outcome === 'copy') return 'copies';
    if ('record' in arrival && outcome === 'kept') {
      rollUp.count({ laneId, setupId }, arrival.record);
      tallies.count(laneId, arrival.record);
      jobs.count(arrival.record);
      noteOutcome(events, arrival.record, nowMs);
      minutes.see({ laneId, sequence }, startOf('minute', arrival.record.decidedAtMs));
      setupRuns.see({ laneId, sequence }, setupId);
      return 'records';
    }
    const { why, content } =
      'record' in arrival ? { why: 'another part has this id', content: JSON.stringify(arrival.record) } : arrival;
    insertAside.run(laneId, sequence, why, content, nowMs);
    return 'aside';
  };

  const keep = database.transaction((batch: readonly Arrival[], setupIds: readonly number[], nowMs: number): Kept => {
    const kept: Kept = { records: 0, copies: 0, aside: 0, upTo: {}, gateEnds: [], abandoned: 0 };
    for (const [index, arrival] of batch.entries()) {
      if ('newLine' in arrival) {
        const abandoned = gateEnds.abandon();
        kept.abandoned += abandoned.length;
        for (const part of abandoned) noteOutcome(events, part, nowMs);
      } else if ('gateEnd' in arrival) {
        const ended = gateEnds.settle(lanes.id(arrival.gateEnd.lane), arrival.gateEnd);
        if (ended !== null) noteOutcome(events, ended, nowMs);
        kept.gateEnds.push(arrival.gateEnd);
      } else {
        kept[keepOne(arrival, setupIds[index] ?? 0, nowMs)] += 1;
        const { lane, sequence } = 'record' in arrival ? arrival.record : arrival;
        kept.upTo[lane] = Math.max(kept.upTo[lane] ?? 0, sequence);
      }
    }
    rollUp.write();
    tallies.write();
    return kept;
  });

  return (arrived, nowMs) => {
    rollUp.forget();
    tallies.forget();
    const batch = arrived.map((arrival) => ('record' in arrival ? { record: jobs.stamp(arrival.record) } : arrival));
    // Set-ups first and by themselves: their numbers are remembered, so they must outlive a batch that fails.
    const setupIds = batch.map((arrival) => ('record' in arrival ? setupOf(arrival.record) : 0));
    return keep.immediate(batch, setupIds, nowMs);
  };
};

/** Moves a lane's counters on for one arrival and keeps its gaps right. */
const prepareAdvance = (database: Database, isReporting: boolean) => {
  const gaps = openGaps(database);
  const lastOf = database.prepare<[number], number>('SELECT last_sequence FROM lanes WHERE id = ?').pluck();
  const update = database.prepare<[number, number, number, number]>(
    'UPDATE lanes SET last_sequence = max(last_sequence, ?), records = records + ?, waiting = waiting + ? WHERE id = ?',
  );
  return (laneId: number, sequence: number, isKept: boolean, nowMs: number): void => {
    const last = lastOf.get(laneId) ?? 0;
    gaps.see(laneId, last, sequence, nowMs);
    update.run(sequence, isKept ? 1 : 0, isKept && isReporting ? 1 : 0, laneId);
  };
};
