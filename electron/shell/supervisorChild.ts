import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '../base/backoff.ts';
import type { Install } from './install.ts';

/** The supervisor stops its processes one after the other; after so long it is ended without being asked. */
const stopWithinMs = 15_000;

/** The supervisor that this shell has started. */
export interface SupervisorChild {
  stop(): Promise<void>;
}

/**
 * Starts the supervisor of `stationFile` and starts it again when it ends by itself.
 *
 * It is a session of its own and has no pipe to us: when this shell is killed, the line goes on, and the next shell finds it
 * by its health.
 *
 * @param onEnded Called each time it has ended by itself, before it is started again.
 */
export const startSupervisor = ({ node, cli }: Install, stationFile: string, onEnded: () => void): SupervisorChild => {
  const stopping = new AbortController();
  let child: ChildProcess | null = null;

  const keepRunning = async (): Promise<void> => {
    for (let attempt = 0; !stopping.signal.aborted; attempt += 1) {
      child = spawn(node, ['--disable-warning=ExperimentalWarning', cli, 'run', '--station', stationFile], {
        detached: true,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, OPENCV4NODEJS_DISABLE_AUTOBUILD: '1' },
      });
      await new Promise<void>((ended) => child?.once('exit', () => ended()).once('error', () => ended()));
      child = null;
      if (stopping.signal.aborted) return;
      onEnded();
      await sleep(backoffMs(attempt, 500, 10_000), undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  void keepRunning();

  return {
    async stop() {
      stopping.abort();
      const running = child;
      if (running === null || running.exitCode !== null || running.pid === undefined) return;
      const ended = once(running, 'exit');
      running.kill('SIGTERM');
      const timer = setTimeout(() => running.kill('SIGKILL'), stopWithinMs);
      await ended;
      clearTimeout(timer);
    },
  };
};
