import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

/**
 * How much a process matters beside the others of a station, as Unix `nice`: what sorts parts comes before what keeps
 * and shows them. Raising it needs CAP_SYS_NICE (the service unit grants it); without, the process runs as it is.
 */
export const priorities = { sorting: -10, keeping: 5, showing: 10 } as const;

/** Gives all threads of a process a priority where that is allowed; says whether it was. */
export const givePriority = (pid: number | undefined, priority: number): boolean => {
  // It could not be started.
  if (pid === undefined) return false;
  try {
    for (const thread of threadsOf(pid)) setPriority(thread, priority);
    return true;
  } catch {
    return false;
  }
};

/** The same for this process. Threads that it starts later inherit it. */
export const takePriority = (priority: number): boolean => givePriority(process.pid, priority);

/**
 * On Linux `nice` is a thread's, not a process's: without this a collection would wait for its helpers, which wait for
 * any busy program. // faults #15
 */
const threadsOf = (pid: number): number[] => {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [pid];
  }
};
