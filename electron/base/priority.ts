import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

/** How much a process matters beside all others of the machine. */
export interface Priority {
  /** Unix `nice`: its share among what is not real time. */
  nice: number;
  /** Real time, round robin (1–99): nothing of a lower one runs while this wants to; 0 shares by `nice`. */
  realTime: number;
}

/**
 * What sorts parts comes before what keeps and shows them. Real time is for work in short pieces only: loading is not, and a
 * lane that loads must not hold up another. `nice` alone counts within one session or service, not beside another one. Both
 * need what the service unit grants; without, the process runs as it is. // faults #15, #39
 */
export const priorities = {
  /** What measures how long even the first is held up. */
  probing: { nice: -20, realTime: 50 },
  gate: { nice: -10, realTime: 12 },
  frames: { nice: -10, realTime: 10 },
  loading: { nice: -10, realTime: 0 },
  keeping: { nice: 5, realTime: 0 },
  showing: { nice: 10, realTime: 0 },
} as const satisfies Record<string, Priority>;

/** Gives all threads of a process a priority as far as that is allowed; says whether all of it was. */
export const givePriority = (pid: number | undefined, { nice, realTime }: Priority): boolean => {
  // It could not be started.
  if (pid === undefined) return false;
  // Each may be allowed without the other.
  const given = [setNice(pid, nice), setRealTime(pid, realTime)];
  return given.every(Boolean);
};

/** The same for this process. Threads and processes that it starts later inherit it. */
export const takePriority = (priority: Priority): boolean => givePriority(process.pid, priority);

const setNice = (pid: number, nice: number): boolean => {
  try {
    for (const thread of threadsOf(pid)) setPriority(thread, nice);
    return true;
  } catch {
    return false;
  }
};

// Node has no call for it; chrt is an essential package of Debian and Ubuntu.
const setRealTime = (pid: number, realTime: number): boolean => {
  const policy = realTime === 0 ? '--other' : '--rr';
  return spawnSync('chrt', ['--all-tasks', policy, '--pid', `${realTime}`, `${pid}`], { stdio: 'ignore' }).status === 0;
};

/**
 * On Linux a priority is a thread's, not a process's: without this a collection would wait for its helpers, which wait for
 * any busy program. // faults #15
 */
const threadsOf = (pid: number): number[] => {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [pid];
  }
};
