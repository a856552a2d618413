import type { KnownCertificate } from '../../base/opcuaCertificates.ts';
import type { Alarm } from '../../contract/alarms.ts';
import type { MesStatus } from '../../contract/api.ts';
import type { LaneStatus } from '../../contract/facts.ts';
import type { ProcessState } from '../../contract/process.ts';
import type { LostPictures } from '../archive/archive.ts';
import type { StoreEvent } from '../store/events.ts';
import type { StoreFault } from '../store/fault.ts';
import type { Gap } from '../store/gaps.ts';
import { certificateAlarms } from './certificateAlarms.ts';
import { laneAlarms } from './laneAlarms.ts';
import { keepingAlarms } from './keepingAlarms.ts';

/** All that alarms are made from. */
export interface Condition {
  /** `null` while `line` is not connected. */
  line: { lanes: LaneStatus[]; waitingRecords: number; isFull: boolean; ageMs: number } | null;
  /** As the supervisor told last; empty without one. */
  processes: readonly ProcessState[];
  mes: MesStatus;
  /** For how long an MES that comes for the results has taken none of those that wait; `null` where none wait, or it does not come. */
  fetchedNoneMs: number | null;
  disk: { freeBytes: number; totalBytes: number } | null;
  /** Why records cannot be written, `null` while they can. */
  storeFault: StoreFault | null;
  /** Whether `line` can reach this process at all; it cannot before the records are open. */
  isListening: boolean;
  /** What lately happened to the records. */
  incidents: StoreEvent[];
  /** Why pictures were lost lately, `null` when none were. */
  picturesLost: Pick<LostPictures, 'kind'> | null;
  deadLetters: number;
  setAside: number;
  recentGaps: Gap[];
  /** Those on which the station depends: its own and its peers'. */
  certificates: readonly KnownCertificate[];
}

/**
 * What an operator should know or do, newest first. An alarm that stood `before` keeps its time; one whose cause has gone
 * is gone. An alarm needs an action: a bad part is an event, no alarm (ISA-18.2).
 *
 * @param nowMs Wall clock.
 */
export const alarms = (condition: Condition, before: readonly Alarm[], nowMs: number): Alarm[] => {
  const since = new Map(before.map((alarm) => [alarm.id, alarm.sinceMs]));
  return [...laneAlarms(condition), ...keepingAlarms(condition), ...certificateAlarms(condition.certificates, nowMs)]
    .map((alarm) => ({
      ...alarm, // A clock that went back makes no alarm come from the future.
      sinceMs: Math.min(since.get(alarm.id) ?? nowMs, nowMs),
    }))
    .toSorted((a, b) => b.sinceMs - a.sinceMs);
};
