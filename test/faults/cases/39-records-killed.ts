import { setTimeout as sleep } from 'node:timers/promises';
import { type Rig, startRig } from '../../../electron/cli/bench/rig.ts';
import { monoMs } from '../../../electron/base/clock.ts';
import { apiOf, emptyBelt } from '../counted.ts';
import type { Fault } from '../fault.ts';
import { openWindow, type Window } from '../window.ts';

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

/** Kills `records`, and with it the API, or the window, at random moments. Returns how often each. */
const killAtRandom = async (rig: Rig, window: Window | null, forMs: number): Promise<{ kills: number; windowKills: number }> => {
  const killed = { kills: 0, windowKills: 0 };
  const endMs = monoMs() + forMs;
  for (;;) {
    await sleep(leastBetweenMs + Math.random() * (mostBetweenMs - leastBetweenMs));
    if (monoMs() >= endMs) return killed;
    if (window !== null && Math.random() < 0.3) {
      await window.crash();
      killed.windowKills += 1;
      continue;
    }
    const pid = rig.station.process('records').pid();
    if (pid !== undefined && kill(pid)) killed.kills += 1;
  }
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

/** The process that keeps records and serves the screens, and the window that shows them, are killed again and again. */
export const fault: Fault = {
  numbers: [39],
  name: 'records, API and window killed at random at 60 frames a second',
  toPass: '0 frames dropped, 0 wrong gate actions, every decision recorded',
  quick: false,
  async run({ full, minutes = full ? fullMinutes : shortMinutes }) {
    const rig = await startRig(['--rate', '60'], () => undefined);
    const window = await openWindow(rig.url);
    try {
      await emptyBelt(rig);
      const before = await recordsKept(rig);
      rig.factory.camera.knob('running', 'on');
      const killed = await killAtRandom(rig, window, minutes * 60_000);
      const { records, missing } = await recordsKept(rig);
      const { lane, plc } = await rig.figures();
      const { parts, dropped, late, error: errors } = lane;
      const kept = records - before.records;
      const { wrongActions, missing: failSafe } = plc;
      const seen =
        window === null ? ' (without a window: there is no Chromium here)' : ` and the window ${killed.windowKills} times`;
      return {
        happened: `Killed records ${killed.kills} times${seen}; ${kept} of ${parts} decisions are on disk.`,
        measured: { ...killed, parts, records: kept, dropped, late, errors, wrongActions, failSafe },
        passed: killed.kills > 0 && kept === parts && missing === 0 && dropped + late + wrongActions + failSafe === 0,
      };
    } finally {
      await window?.close();
      await rig.stop();
    }
  },
};
