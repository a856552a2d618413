import { tellParent } from '../base/parent.ts';
import type { FromProcess, ProcessState, ToProcess } from '../contract/process.ts';

const heartbeatEveryMs = 250;

/** What the process shows of itself to its parent. */
interface Life {
  /** Touches what the process is there for; rejects when that cannot be done. Resolves with how much was done so far. */
  work(): Promise<number>;
  figures(): Promise<unknown>;
  /** What the supervisor tells of the station's processes. */
  onProcesses(processes: ProcessState[]): void;
  stop(): Promise<void>;
}

/**
 * Answers the parent, sends a heartbeat as long as `work` works (a turning event loop alone is no sign of life), and stops
 * once on `stop`, SIGTERM or the end of the parent. Without a parent Ctrl-C stops too; with one, the parent decides.
 */
export const liveWithParent = ({ work, figures, onProcesses, stop }: Life): { ready(): void } => {
  const send = (message: FromProcess): void => {
    tellParent(message);
  };
  let isProving = false;
  const beat = setInterval(() => {
    if (isProving) return;
    isProving = true;
    work()
      .then((done) => send({ type: 'heartbeat', work: done, rssBytes: process.memoryUsage.rss() }))
      // No heartbeat is the message: the parent starts this process again.
      .catch(() => undefined)
      .finally(() => (isProving = false));
  }, heartbeatEveryMs);

  let stopping: Promise<void> | null = null;
  const end = (): void => {
    stopping ??= stop().finally(() => {
      clearInterval(beat);
      if (process.connected) process.disconnect?.();
    });
  };
  process.on('message', (message: ToProcess) => {
    if (message.type === 'stop') end();
    if (message.type === 'processes') onProcesses(message.processes);
    if (message.type === 'figures') void figures().then((answer) => send({ type: 'figures', figures: answer }));
  });
  process.on('disconnect', end);
  // Who started us may have ended meanwhile: no event tells of that any more.
  if (process.send !== undefined && !process.connected) end();
  process.on('SIGTERM', end);
  process.on('SIGINT', () => {
    if (!process.connected) end();
  });
  return { ready: () => send({ type: 'ready' }) };
};
