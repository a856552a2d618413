import { fileURLToPath } from 'node:url';
import { monoMs } from '../base/clock.ts';
import { priorities } from '../base/priority.ts';
import { shortPauses } from '../base/shortPauses.ts';
import { openLog } from '../base/log.ts';
import type { ProcessState } from '../contract/process.ts';
import { type Known, sentenceOf, vouchFor } from './alive.ts';
import { type Notifier, nobodyToNotify } from './notify.ts';
import { mostCrashes } from './plan.ts';
import { type ProcessSpec, supervise, type Supervised } from './process.ts';

/** A running station: its supervised processes. */
export interface RunningStation {
  process(name: 'line' | 'records'): Supervised;
  /** Resolves when each process is ready, or stands in safe mode: a person decides then, and waiting would not help. */
  settled: Promise<void>;
  /** In good order. */
  stop(): Promise<void>;
  /** Now: what was not on its way to the disk is lost. */
  kill(): void;
}

const entry = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const quiet = '--disable-warning=ExperimentalWarning';
/** Of no progress at all. */
const startTimeoutMs = 30_000;

const specs = (stationFile: string): ProcessSpec[] => [
  {
    name: 'records',
    entry: entry('../records/main.ts'),
    args: ['--station', stationFile],
    execArgv: [quiet],
    priority: priorities.keeping,
    // Standing helps nobody: the line sorts on without it, for as long as the waiting line has room, and only it has a screen.
    rule: { heartbeatTimeoutMs: 5000, startTimeoutMs, givesUp: false },
  },
  {
    name: 'line',
    entry: entry('../line/main.ts'),
    args: ['--station', stationFile],
    // node:crypto throws and catches at every key that is given as bytes: a tenth of the process's time with long traces.
    execArgv: [quiet, ...shortPauses, '--stack-trace-limit=1'],
    // A gate that changes between sorting and fail-safe every few seconds is worse than one in fail-safe. // faults #69
    rule: { heartbeatTimeoutMs: 1000, startTimeoutMs, givesUp: true },
  },
];

/** How often systemd hears of us; what goes wrong is no longer vouched for after so long at most. // faults #68: ≤ 200 ms */
const vouchEveryMs = 100;

/** Starts the station that `stationFile` describes and keeps it; returns at once. `notifier` hears how it is. */
export const openStation = (stationFile: string, notifier: Notifier = nobodyToNotify): RunningStation => {
  const log = openLog('supervisor');
  const waiting: Promise<void>[] = [];
  const processes: Supervised[] = [];
  const known = (): Known[] => processes.map((each) => each.known());

  /** The screen learns of every change; what a `records` that starts has missed, it is told when it is ready. */
  const tellScreen = (): void => find('records')?.tell({ type: 'processes', processes: known().map(stateOf) });
  const find = (name: string): Supervised | undefined => processes.find((each) => each.name === name);

  for (const spec of specs(stationFile)) {
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(promise);
    const mine = supervise(spec, log, {
      onReady: resolve,
      onState() {
        tellScreen();
        if (find(spec.name)?.known().watched.state === 'safe') resolve();
      },
      onMessage(message) {
        if (message.type === 'start-again') for (const each of processes) each.startAgain();
      },
    });
    processes.push(mine);
  }
  const settled = Promise.all(waiting).then(() => notifier.ready());
  const vouching = setInterval(() => {
    const station = known();
    const vouch = vouchFor(station, monoMs());
    if (vouch.ping) notifier.ping();
    notifier.status(sentenceOf(station, vouch));
  }, vouchEveryMs);

  return {
    settled,
    process: (name) => {
      const found = find(name);
      if (found === undefined) throw new Error(`no process ${name}`);
      return found;
    },
    // `line` first: it must not decide parts that nobody keeps any more, and `records` takes what it still has to tell.
    stop: async () => {
      clearInterval(vouching);
      notifier.stopping();
      for (const each of processes.toReversed()) await each.stop();
    },
    kill: () => {
      clearInterval(vouching);
      for (const each of processes.toReversed()) each.kill();
    },
  };
};

/** Starts the station and resolves when it is settled. */
export const startStation = async (stationFile: string): Promise<RunningStation> => {
  const station = openStation(stationFile);
  await station.settled;
  return station;
};

const stateOf = ({ name, watched }: Known): ProcessState => ({
  name,
  state: shown(watched),
  crashes: watched.crashesAtMs.length,
});

const shown = ({ state, heartbeatAtMs, crashesAtMs }: Known['watched']): ProcessState['state'] => {
  if (state === 'running' && heartbeatAtMs !== null) return 'running';
  // Also while it is tried once more.
  if (state === 'safe' || crashesAtMs.length >= mostCrashes) return 'safe';
  return crashesAtMs.length === 0 ? 'starting' : 'restarting';
};
