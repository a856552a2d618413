import { setTimeout as sleep } from 'node:timers/promises';
import { monoMs } from '../../../electron/base/clock.ts';
import { apiOf } from '../counted.ts';
import type { Fault } from '../fault.ts';
import { until } from '../link.ts';
import { type Service, startService, watchdogMs } from '../service.ts';

/** `tracking.frameTimeoutMs` of the demo's recipes: older than this no frame may be. */
const frameAgeMs = 70;
const stoppedMs = 1000;
const standingMs = 2 * watchdogMs;
const restMs = 3000;
/** Longer than between any two pings of a loaded machine, far shorter than WatchdogSec. */
const pauseMs = 600;

const isInspecting = async (service: Service): Promise<boolean> => {
  const status = await apiOf(service)
    .status.query()
    .catch(() => null);
  return status?.line?.lanes.every(({ camera }) => camera.state === 'running' && camera.fps > 50) === true;
};

/** Frames stop while every loop turns; how long after the limit of their age the last ping came. */
const lastPingAfterLimit = async (service: Service, stopFrames: () => () => void): Promise<number> => {
  await until(() => isInspecting(service), 60_000);
  await sleep(restMs);
  const atMs = monoMs();
  const resume = stopFrames();
  await sleep(stoppedMs);
  const lastMs = service.systemd.lastAtMs('WATCHDOG=1') ?? 0;
  resume();
  return lastMs - (atMs + frameAgeMs);
};

const freeze = (service: Service) => () => {
  const pid = service.find('vision/main.ts');
  if (pid === null) throw new Error('vision does not run');
  process.kill(pid, 'SIGSTOP');
  // Nobody lets it go on: `line` has to end it.
  return () => undefined;
};
const turn = (service: Service, knob: string, away: string, back: string) => () => {
  service.factory.camera.knob(knob, away);
  return () => service.factory.camera.knob(knob, back);
};

/** No frame is due, or all know that none comes: the longest pause between two pings meanwhile. */
const longestPause = async (service: Service, stopFrames: () => () => void): Promise<number> => {
  await until(() => isInspecting(service), 60_000);
  const resume = stopFrames();
  const fromMs = monoMs();
  await sleep(standingMs);
  const untilMs = monoMs();
  resume();
  const pings = service.systemd.told.filter(({ what, atMs }) => what === 'WATCHDOG=1' && atMs > fromMs).map(({ atMs }) => atMs);
  const times = [fromMs, ...pings, untilMs];
  return Math.max(...times.slice(1).map((atMs, i) => atMs - (times[i] ?? atMs)));
};

/** Pings while frames stopped must not happen; and no pings must not mean a station that is started again for nothing. */
export const fault: Fault = {
  numbers: [68],
  name: 'the watchdog lies',
  toPass: `last ping ≤ 200 ms after a frame is too old; a standing belt or a camera without cable: pings go on, no restart`,
  quick: false,
  async run({ full }) {
    const service = await startService(['--rate', '60']);
    const times = full ? 20 : 3;
    try {
      const after: number[] = [];
      for (let i = 0; i < times; i++) {
        after.push(await lastPingAfterLimit(service, freeze(service)));
        after.push(await lastPingAfterLimit(service, turn(service, 'silent', 'on', 'off')));
      }
      const beltMs = await longestPause(service, turn(service, 'running', 'off', 'on'));
      const cableMs = await longestPause(service, turn(service, 'unplug', 'on', 'off'));
      await until(() => isInspecting(service), 60_000);
      const restarts = service.watchdogEnds.length;
      const worstLastPingMs = Math.max(...after);
      return {
        happened: `Frames stopped ${2 * times} times, by a frozen process and by a silent camera; the belt stood and the cable was out for ${standingMs / 1000} s each.`,
        measured: { times: 2 * times, worstLastPingMs, longestPauseBeltMs: beltMs, longestPauseCableMs: cableMs, restarts },
        passed: worstLastPingMs <= 200 && beltMs <= pauseMs && cableMs <= pauseMs && restarts === 0,
      };
    } finally {
      await service.stop();
    }
  },
};
