import { fileURLToPath } from 'node:url';
import { priorities } from '../base/priority.ts';
import { openLog } from '../base/log.ts';
import { type ProcessSpec, supervise, type Supervised } from './process.ts';

/** A running station: its supervised processes. */
export interface RunningStation {
  process(name: 'line' | 'records'): Supervised;
  stop(): Promise<void>;
}

const entry = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const quiet = '--disable-warning=ExperimentalWarning';

const specs = (stationFile: string): ProcessSpec[] => [
  {
    name: 'records',
    entry: entry('../records/main.ts'),
    args: ['--station', stationFile],
    execArgv: [quiet],
    priority: priorities.keeping,
    rule: { heartbeatTimeoutMs: 5000, startTimeoutMs: 30_000 },
  },
  {
    name: 'line',
    entry: entry('../line/main.ts'),
    args: ['--station', stationFile],
    // Encrypted OPC UA writes make much short-lived garbage: with a 1 MB young generation p99 falls from 13 to 0.5 ms.
    // node:crypto throws and catches at every key that is given as bytes: a tenth of the process's time with long traces.
    execArgv: [quiet, '--max-semi-space-size=1', '--stack-trace-limit=1'],
    rule: { heartbeatTimeoutMs: 1000, startTimeoutMs: 30_000 },
  },
];

/** Starts the station that `stationFile` describes and resolves when all its processes are ready. */
export const startStation = async (stationFile: string): Promise<RunningStation> => {
  const log = openLog('supervisor');
  const ready: Promise<void>[] = [];
  const processes = specs(stationFile).map((spec) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    ready.push(promise);
    return supervise(spec, log, resolve);
  });
  await Promise.all(ready);
  return {
    process: (name) => {
      const found = processes.find((each) => each.name === name);
      if (found === undefined) throw new Error(`no process ${name}`);
      return found;
    },
    // `line` first: it must not decide parts that nobody keeps any more.
    stop: async () => {
      for (const each of processes.toReversed()) await each.stop();
    },
  };
};
