import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second for everyone to see (USER_HZ, proc(5)). */
const tickMs = 10;
/** Loading code takes a processor; a process that waits for ever uses a few milliseconds a second for its timers. */
const leastWorkMs = 100;
const lookEveryMs = 500;

/** Processor time that a process has used, milliseconds; `null` when it is gone. // proc(5), stat: utime, stime */
export const cpuMsOf = (pid: number | undefined): number | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return null;
  }
};

/**
 * Whether a starting process gets on. A wall clock would say how loaded the machine is; the process's own processor time says
 * whether it works.
 *
 * @returns Asked again and again, with the time at which the process was started: `true` when it has worked since the last `true`.
 */
export const openProgress = (now: () => number, cpuMs: () => number | null): ((startedAtMs: number) => boolean) => {
  let ofStart = Number.NaN;
  let lookedAtMs = 0;
  let countedMs = 0;
  return (startedAtMs) => {
    if (startedAtMs !== ofStart) {
      ofStart = startedAtMs;
      countedMs = 0;
    }
    if (now() - lookedAtMs < lookEveryMs) return false;
    lookedAtMs = now();
    const usedMs = cpuMs();
    if (usedMs === null || usedMs - countedMs < leastWorkMs) return false;
    countedMs = usedMs;
    return true;
  };
};
