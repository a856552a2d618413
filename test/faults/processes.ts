import { readdirSync, readFileSync } from 'node:fs';

/** Kills a process, if it is still there. */
export const end = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
};

/** All processes below `pid`, as the kernel tells: what systemd would find in its cgroup. */
export const below = (pid: number): number[] => {
  const children = new Map<number, number[]>();
  for (const each of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    children.set(parentOf(each), [...(children.get(parentOf(each)) ?? []), Number(each)]);
  const collect = (of: number): number[] => (children.get(of) ?? []).flatMap((each) => [each, ...collect(each)]);
  return collect(pid);
};

const parentOf = (pid: string): number => Number(/^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1] ?? -1);
/** The command line of a process; empty when it has gone. */
export const commandOf = (pid: number): string => read(`${pid}`, 'cmdline');
const read = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};
