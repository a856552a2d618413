import type { ChildProcess } from 'node:child_process';
import type { Logger } from '../base/log.ts';
import type { FromVision, ToVision, VisionState } from '../contract/frame.ts';
import type { VisionOptions } from '../vision/options.ts';
import { restartAfter } from './restart.ts';
import { runVision, type VisionEnd } from './visionRun.ts';

/** The lane's `vision` process, started again whenever it ends or hangs. */
export interface VisionChild {
  send(message: ToVision): void;
  /** Kills it; it is started again as after any other end. `why` is what a person is told meanwhile. */
  startAgain(why: string): void;
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
  let { providers } = options;
  let restart: NodeJS.Timeout | undefined;
  /** Why the process that runs will have been killed; empty when we did not do it. */
  let because = '';

  const start = (): void => {
    because = '';
    child = runVision({ ...options, providers }, hear, onEnd);
  };
  const hear = (message: FromVision): void => {
    // What was refused at the first start is refused again; asking costs a third of a second that nobody inspects in.
    if (message.type === 'state' && message.model !== null) providers = [message.model.provider];
    onMessage(message);
  };
  const onEnd = ({ recordingEnded, readyForMs, ...how }: VisionEnd): void => {
    if (closing) return;
    child = null;
    if (recordingEnded) return;
    const next = restartAfter(failures, readyForMs);
    failures = next.failures;
    log.error({ ...how, because, waitMs: next.waitMs }, 'vision has ended');
    onMessage(lost(because === '' ? how.failure : because));
    restart = setTimeout(start, next.waitMs);
  };
  start();

  return {
    send(message) {
      if (child?.connected === true) child.send(message);
    },
    startAgain(why) {
      because = why;
      child?.kill('SIGKILL');
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
