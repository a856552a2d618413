import { tellParent } from '../base/parent.ts';
import type { FromProcess, ToProcess } from '../contract/process.ts';

const heartbeatEveryMs = 100;

/** What the process shows of itself to its parent. */
interface Life {
  /** Touches what the process is there for; throws when that cannot be done. Returns how much was done so far. */
  work(): number;
  figures(): Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * Answers the parent, sends a heartbeat as long as `work` works (a turning event loop alone is no sign of life), and stops
 * once on `stop`, SIGTERM or the end of the parent. Without a parent Ctrl-C stops too; with one, the parent decides.
 */
export const liveWithParent = ({ work, figures, stop }: Life): { ready(): void } => {
  const send = (message: FromProcess): void => {
    tellParent(message);
  };
  const beat = setInterval(() => {
    try {
      send({ type: 'heartbeat', work: work(), rssBytes: process.memoryUsage.rss() });
    } catch {
      // No heartbeat is the message: the parent starts this process again.
    }
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
    if (message.type === 'figures') void figures().then((answer) => send({ type: 'figures', figures: answer }));
  });
  process.on('disconnect', end);
  process.on('SIGTERM', end);
  process.on('SIGINT', () => {
    if (!process.connected) end();
  });
  return { ready: () => send({ type: 'ready' }) };
};
