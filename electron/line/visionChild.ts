import type { ChildProcess } from 'node:child_process';
import type { Logger } from '../base/log.ts';
import type { FromVision, ToVision, VisionState } from '../contract/frame.ts';
import type { VisionOptions } from '../vision/options.ts';
import { restartAfter } from './restart.ts';
import { runVision, type VisionEnd } from './visionRun.ts';

/** The lane's `vision` process, started again whenever it ends or hangs. */
export interface VisionChild {
  send(message: ToVision): void;
  close(): Promise<void>;
}

const patienceMs = 500;

/** A message that stands for a process that could not go on. */
const lost = (failure: string): VisionState => ({
  type: 'state',
  camera: 'lost',
  message: failure === '' ? 'The inspection process has stopped and is being started again.' : failure,
  frameSize: null,
  roi: null,
  model: null,
});

/** Starts the child; `onMessage` hears all that it says, and a `lost` state when it is gone. */
export const openVisionChild = (options: VisionOptions, log: Logger, onMessage: (message: FromVision) => void): VisionChild => {
  let child: ChildProcess | null = null;
  let closing = false;
  let failures = 0;
  let restart: NodeJS.Timeout | undefined;

  const start = (): void => {
    child = runVision(options, onMessage, onEnd);
  };
  const onEnd = ({ recordingEnded, readyForMs, ...how }: VisionEnd): void => {
    if (closing) return;
    child = null;
    if (recordingEnded) return;
    const next = restartAfter(failures, readyForMs);
    failures = next.failures;
    log.error({ ...how, waitMs: next.waitMs }, 'vision has ended');
    onMessage(lost(how.failure));
    restart = setTimeout(start, next.waitMs);
  };
  start();

  return {
    send(message) {
      if (child?.connected === true) child.send(message);
    },
    close: async () => {
      closing = true;
      clearTimeout(restart);
      const last = child;
      if (last === null || last.exitCode !== null || last.signalCode !== null) return;
      const gone = new Promise<void>((resolve) => last.once('exit', () => resolve()));
      if (last.connected) last.send({ type: 'stop' } satisfies ToVision);
      // It may be blocked in a read of its camera, where no message reaches it.
      const kill = setTimeout(() => last.kill('SIGKILL'), patienceMs);
      await gone;
      clearTimeout(kill);
    },
  };
};
