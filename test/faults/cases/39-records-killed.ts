import { setTimeout as sleep } from 'node:timers/promises';
import { type Rig, startRig } from '../../../electron/cli/bench/rig.ts';
import { apiOf } from '../counted.ts';
import type { Fault } from '../fault.ts';

const shortMinutes = 0.5;
const fullMinutes = 10;
const leastBetweenMs = 1000;
const mostBetweenMs = 6000;
const patienceMs = 60_000;

/** `false`: it is dead already and is being started again. */
const kill = (pid: number): boolean => {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
};

/** Kills `records`, and with it the API, at random moments. Returns how often. */
const killAtRandom = async (rig: Rig, forMs: number): Promise<number> => {
  let kills = 0;
  for (let leftMs = forMs; leftMs > 0; ) {
    const waitMs = Math.min(leftMs, leastBetweenMs + Math.random() * (mostBetweenMs - leastBetweenMs));
    await sleep(waitMs);
    leftMs -= waitMs;
    const pid = rig.station.process('records').pid();
    if (pid !== undefined && leftMs > 0 && kill(pid)) kills += 1;
  }
  return kills;
};

/** Stops the belt and waits until `line` holds no record any more; returns how many are on disk. */
const recordsKept = async (rig: Rig): Promise<{ records: number; missing: number }> => {
  rig.factory.camera.knob('running', 'off');
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 500) {
    await sleep(500);
    const status = await apiOf(rig)
      .status.query()
      .catch(() => null);
    if (waitedMs < 2000 || status === null || status.line === null || status.line.waitingRecords > 0) continue;
    const missing = status.alarms.filter(({ id }) => id.startsWith('records-missing')).length;
    return { records: status.store.records, missing };
  }
  throw new Error('the records are not all kept within a minute');
};

/** The process that keeps records and serves the screens is killed again and again. */
export const fault: Fault = {
  numbers: [39],
  name: 'records and API killed at random at 60 frames a second',
  toPass: '0 frames dropped, 0 wrong gate actions, every decision recorded',
  quick: false,
  async run({ full, minutes = full ? fullMinutes : shortMinutes }) {
    const rig = await startRig(['--rate', '60'], () => undefined);
    try {
      rig.factory.plc.reset();
      const before = (await rig.figures()).lane;
      const kills = await killAtRandom(rig, minutes * 60_000);
      const { records, missing } = await recordsKept(rig);
      const { lane, plc } = await rig.figures();
      const dropped = lane.dropped - before.dropped;
      const late = lane.late - before.late;
      return {
        happened: `Killed ${kills} times; ${records} of ${lane.parts} decisions are on disk.`,
        measured: { kills, parts: lane.parts, records, dropped, late, wrongActions: plc.wrongActions, failSafe: plc.missing },
        passed: kills > 0 && records === lane.parts && missing === 0 && dropped === 0 && late === 0 && plc.wrongActions === 0,
      };
    } finally {
      await rig.stop();
    }
  },
};
