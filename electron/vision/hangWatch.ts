import { Worker } from 'node:worker_threads';
import { hangBytes } from '../contract/frame.ts';

/** Watches over the one loop from a thread of its own: what blocks the loop cannot block it. */
export interface HangWatch {
  /** Work on a frame begins: it must end in time. */
  working(): void;
  /** Work has ended; what comes next, as waiting for a camera, may take as long as it wants. */
  waiting(): void;
  close(): Promise<unknown>;
}

/** For how long the work on one frame may take. */
export interface HangLimits {
  /** After so long the parent is told, and told again when the work ends after all. */
  tellMs: number;
  /** After so long it will not end any more: the process is killed. */
  killMs: number;
}

/** Two frames at 60 a second are late by then, and `line` has 20 ms left to tell the PLC. // faults #11: ≤ 50 ms */
const leastTellMs = 30;
/** Far beyond any pause of a busy machine; a new process is there within the second that a hang may cost. */
const leastKillMs = 200;

/** For a model that takes `inferenceMs` on this device: a slow one that is no slower than it always is does not hang. */
export const hangLimits = (inferenceMs: number): HangLimits => ({
  tellMs: Math.max(leastTellMs, 3 * inferenceMs),
  killMs: Math.max(leastKillMs, 10 * inferenceMs),
});

const lookEveryMs = 5;

// Nothing but a counter is shared: odd while a frame is worked on. The main thread's channel to the parent is of no use
// here, so the watcher has a pipe of its own. No exit handler runs after SIGKILL, so none can hang either; `line` answers
// for the parts and starts the process again.
const watcher = `
const { workerData: { beat, tellMs, killMs, lookEveryMs, fd, bytes } } = require('node:worker_threads');
const { writeSync } = require('node:fs');
let last = 0, sinceMs = 0, told = false;
const tell = (hangs) => {
  told = hangs;
  try { writeSync(fd, new Uint8Array([hangs ? bytes.hangs : bytes.over])); } catch { /* The parent has gone; so do we. */ }
};
for (;;) {
  Atomics.wait(beat, 0, Atomics.load(beat, 0), lookEveryMs);
  const now = Atomics.load(beat, 0);
  if (now < 0) break;
  const forMs = performance.now() - sinceMs;
  if (now !== last) {
    last = now;
    sinceMs = performance.now();
    if (told) tell(false);
  } else if (now % 2 === 1 && forMs > killMs) process.kill(process.pid, 'SIGKILL');
  else if (now % 2 === 1 && forMs > tellMs && !told) tell(true);
}`;

/** Tells by the pipe `fd` when work on one frame takes too long, and kills this process when it does not end. // faults #11 */
export const openHangWatch = (limits: HangLimits, fd: number): HangWatch => {
  const beat = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { beat, ...limits, lookEveryMs, fd, bytes: hangBytes };
  const worker = new Worker(watcher, { eval: true, execArgv: [], workerData });
  worker.unref();
  let count = 0;
  const next = (parity: 0 | 1): void => {
    // Wraps long before the sign bit, which means the end.
    count = (count + (count % 2 === parity ? 2 : 1)) % 0x4000_0000;
    Atomics.store(beat, 0, count);
  };
  return {
    working: () => next(1),
    waiting: () => next(0),
    close() {
      Atomics.store(beat, 0, -1);
      Atomics.notify(beat, 0);
      return worker.terminate();
    },
  };
};
