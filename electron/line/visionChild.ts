import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { backoffMs } from '../base/backoff.ts';
import { monoMs } from '../base/clock.ts';
import type { Logger } from '../base/log.ts';
import type { FromVision, ToVision, VisionState } from '../contract/frame.ts';
import type { VisionOptions } from '../vision/options.ts';

/** The lane's `vision` process, started again whenever it ends or hangs. */
export interface VisionChild {
  send(message: ToVision): void;
  /** Kills it; it is started again as after any other end. `why` is what a person is told meanwhile. */
  startAgain(why: string): void;
  close(): Promise<void>;
}

const entry = fileURLToPath(new URL('../vision/main.ts', import.meta.url));
const firstRestartMs = 50;
const lastRestartMs = 5000;
/** A process that ran for so long had started well: the next failure is a new one. */
const goodRunMs = 10_000;
const patienceMs = 500;

// A young generation of 1 MB is collected often and shortly: per-frame garbage is small, long pauses are what hurts.
const execArgv = ['--max-semi-space-size=1', '--disable-warning=ExperimentalWarning'];
// OpenCV and GStreamer write their own warnings to standard error; what matters of them we say ourselves.
const quiet = { OPENCV_LOG_LEVEL: 'ERROR', GST_DEBUG: '0' };

/** A message that stands for a process that could not go on. */
const lost = (message: string): VisionState => ({
  type: 'state',
  camera: 'lost',
  message,
  frameSize: null,
  roi: null,
  model: null,
});

/** Starts the child; `onMessage` hears all that it says, and a `lost` state when it is gone. */
export const openVisionChild = (options: VisionOptions, log: Logger, onMessage: (message: FromVision) => void): VisionChild => {
  let child: ChildProcess | null = null;
  let closing = false;
  let attempt = 0;
  let restart: NodeJS.Timeout | undefined;
  /** Why the process that runs will have ended. */
  let failure = '';

  const start = (): void => {
    const startedMs = monoMs();
    let ended = false;
    failure = '';
    const mine = fork(entry, [JSON.stringify(options)], {
      serialization: 'advanced',
      execArgv,
      env: { ...process.env, ...quiet },
    });
    child = mine;
    mine.on('message', (message: FromVision) => {
      if (message.type === 'failed') failure = message.message;
      else if (message.type === 'state' && message.camera === 'ended') ended = true;
      onMessage(message);
    });
    mine.on('exit', (code, signal) => {
      if (closing || mine !== child) return;
      child = null;
      if (ended) return;
      attempt = monoMs() - startedMs > goodRunMs ? 0 : attempt + 1;
      const waitMs = backoffMs(attempt, firstRestartMs, lastRestartMs);
      log.error({ code, signal, waitMs, failure }, 'vision has ended');
      onMessage(lost(failure === '' ? 'The inspection process has stopped and is being started again.' : failure));
      restart = setTimeout(start, waitMs);
    });
  };
  start();

  return {
    send(message) {
      if (child?.connected === true) child.send(message);
    },
    startAgain(why) {
      failure = why;
      child?.kill('SIGKILL');
    },
    close: async () => {
      closing = true;
      clearTimeout(restart);
      const last = child;
      if (last === null || last.exitCode !== null) return;
      const gone = new Promise<void>((resolve) => last.once('exit', () => resolve()));
      if (last.connected) last.send({ type: 'stop' } satisfies ToVision);
      // It may be blocked in a read of its camera, where no message reaches it.
      const kill = setTimeout(() => last.kill('SIGKILL'), patienceMs);
      await gone;
      clearTimeout(kill);
    },
  };
};
