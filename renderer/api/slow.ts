import type { Alarm } from '../../electron/contract/alarms.ts';
import type { MesStatus, StationStatus } from '../../electron/contract/api.ts';
import type { LaneStatus } from '../../electron/contract/facts.ts';
import type { JobOrder } from '../../electron/contract/job.ts';

/** Of a lane, what changes seldom enough to be drawn by React. */
export interface SlowLane extends Pick<LaneStatus, 'lane' | 'recipe' | 'product' | 'model'> {
  camera: Pick<LaneStatus['camera'], 'state' | 'message'>;
  plc: Omit<LaneStatus['plc'], 'heartbeatAgeMs'>;
}
/** Of a station's state, what changes seldom. Everything else goes around React (`live.ts`). */
export interface Slow {
  station: string;
  /** `null` while the inspection does not report. */
  lanes: SlowLane[] | null;
  mes: Pick<MesStatus, 'state' | 'message'>;
  /** The order that runs or comes next, without its counts. */
  job: Pick<JobOrder, 'order' | 'lot' | 'quantity' | 'state'> | null;
  deadLetters: number;
  alarms: Alarm[];
}

const slowLane = ({ lane, recipe, product, model, camera, plc }: LaneStatus): SlowLane => {
  const { heartbeatAgeMs: _, ...slowPlc } = plc;
  return { lane, recipe, product, model, camera: { state: camera.state, message: camera.message }, plc: slowPlc };
};

const jobOf = (job: JobOrder | null): Slow['job'] =>
  job === null ? null : { order: job.order, lot: job.lot, quantity: job.quantity, state: job.state };

/** The slow part of `status`: the very object `before` when nothing of it has changed, so that React stays idle. */
export const slowOf = (status: StationStatus, before: Slow | null): Slow => {
  const slow: Slow = {
    station: status.station,
    lanes: status.line === null ? null : status.line.lanes.map(slowLane),
    mes: { state: status.mes.state, message: status.mes.message },
    job: jobOf(status.job),
    deadLetters: status.deadLetters,
    alarms: status.alarms,
  };
  return before !== null && JSON.stringify(before) === JSON.stringify(slow) ? before : slow;
};
