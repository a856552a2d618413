import { setPriority } from 'node:os';

/**
 * How much a process matters beside the others of a station, as Unix `nice`: what sorts parts comes before what keeps
 * and shows them. Raising it needs CAP_SYS_NICE (the service unit grants it); without, the process runs as it is.
 */
export const priorities = { sorting: -10, keeping: 5, showing: 10 } as const;

/** Sets the priority of a process, this one's when no other is named, where that is allowed; says whether it was. */
export const takePriority = (priority: number, pid = 0): boolean => {
  try {
    setPriority(pid, priority);
    return true;
  } catch {
    return false;
  }
};
