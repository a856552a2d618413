import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { monoMs } from '../base/clock.ts';
import { shortPauses } from '../base/shortPauses.ts';
import { type FromVision, hangBytes, hangPipe } from '../contract/frame.ts';
import type { VisionOptions } from '../vision/options.ts';

/** How one run of the `vision` process ended. */
export interface VisionEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Why it could not go on, in its own words for a person; empty when it said nothing. */
  failure: string;
  /** The last that came on its standard error. */
  stderr: string;
  /** Its recording had ended: nothing went wrong. */
  recordingEnded: boolean;
  /** For how long a camera had been open; `null`: it never was. */
  readyForMs: number | null;
}

const entry = fileURLToPath(new URL('../vision/main.ts', import.meta.url));
const mostStderr = 2000;

const execArgv = [...shortPauses, '--disable-warning=ExperimentalWarning'];
// OpenCV and GStreamer write their own warnings to standard error; what matters of them we say ourselves.
const quiet = { OPENCV_LOG_LEVEL: 'ERROR', GST_DEBUG: '0' };

/** Starts the process once. `onMessage` hears all that it and its watcher say, and nothing after `onEnd`. */
export const runVision = (
  options: VisionOptions,
  onMessage: (message: FromVision) => void,
  onEnd: (end: VisionEnd) => void,
): ChildProcess => {
  const said = { failure: '', stderr: '', recordingEnded: false };
  let readyAtMs: number | null = null;
  let alive = true;
  const hear = (message: FromVision): void => {
    if (!alive) return;
    if (message.type === 'failed') said.failure = message.message;
    else if (message.type === 'state' && message.camera === 'ended') said.recordingEnded = true;
    else if (message.type === 'state' && message.camera === 'running') readyAtMs ??= monoMs();
    onMessage(message);
  };
  const child = fork(entry, [JSON.stringify(options)], {
    serialization: 'advanced',
    execArgv,
    env: { ...process.env, ...quiet },
    // The last is the pipe of its watcher.
    stdio: ['ignore', 'inherit', 'pipe', 'ipc', 'pipe'],
  });
  child.on('message', hear);
  child.stderr?.on('data', (chunk: Buffer) => (said.stderr = (said.stderr + chunk.toString()).slice(-mostStderr)));
  child.stdio[hangPipe]?.on('data', (bytes: Buffer) => hear({ type: 'hang', hangs: bytes.at(-1) === hangBytes.hangs }));
  child.on('exit', (code, signal) => {
    alive = false;
    onEnd({ code, signal, ...said, readyForMs: readyAtMs === null ? null : monoMs() - readyAtMs });
  });
  return child;
};
