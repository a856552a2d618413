import { spawn } from 'node:child_process';
import { constants, getPriority, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rig } from '../../electron/cli/bench/rig.ts';
import { verdictKinds } from '../../electron/contract/verdict.ts';
import { apiOf } from './counted.ts';

const screenEveryMs = 100;

/** A screen that asks for all it shows ten times a second, and a program that makes and reads large JSON; until `signal`. */
export const screenNoise = async (rig: Rig, signal: AbortSignal): Promise<number> => {
  const api = apiOf(rig);
  let rounds = 0;
  for (; !signal.aborted; rounds++) {
    const [status, parts] = await Promise.all([
      api.status.query(),
      api.recentParts.query({ lane: 'lane-1', verdicts: [...verdictKinds], limit: 200 }),
      api.trend.query({ lane: 'lane-1', minutes: 60 }),
    ]);
    JSON.parse(JSON.stringify(Array.from({ length: 20 }, () => ({ status, parts }))));
    await sleep(screenEveryMs);
  }
  return rounds;
};

/** Programs that only take the processor, at the priority that any program has. */
export interface Hogs {
  /** The worst `nice` that one of them has: 0, unless this machine does not let us set it. */
  nice: number;
  stop(): void;
}

/** Starts them in this session, as a backup beside the station would be: the kernel shares the processor out by session. */
export const startHogs = (count: number): Hogs => {
  const hogs = Array.from({ length: count }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  const nice = hogs.map(({ pid = 0 }) => {
    try {
      setPriority(pid, constants.priority.PRIORITY_NORMAL);
    } catch {
      // Told by what it then has.
    }
    return getPriority(pid);
  });
  return { nice: Math.max(...nice), stop: () => hogs.forEach((hog) => hog.kill('SIGKILL')) };
};
