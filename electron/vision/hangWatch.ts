import { Worker } from 'node:worker_threads';

/** Watches over the one loop from a thread of its own: what blocks the loop cannot block it. */
export interface HangWatch {
  /** Work on a frame begins: it must end in time. */
  working(): void;
  /** Work has ended; what comes next, as waiting for a camera, may take as long as it wants. */
  waiting(): void;
  close(): Promise<unknown>;
}

const lookEveryMs = 10;

// Nothing but a counter is shared: odd while a frame is worked on. No exit handler runs after SIGKILL, so none can hang
// either; `line` answers for the parts and starts the process again.
const watcher = `
const { workerData: { beat, mostMs, lookEveryMs } } = require('node:worker_threads');
let last = 0, sinceMs = 0;
for (;;) {
  Atomics.wait(beat, 0, Atomics.load(beat, 0), lookEveryMs);
  const now = Atomics.load(beat, 0);
  if (now < 0) break;
  if (now !== last) { last = now; sinceMs = performance.now(); }
  else if (now % 2 === 1 && performance.now() - sinceMs > mostMs) process.kill(process.pid, 'SIGKILL');
}`;

/** Kills this process when it works on one frame for longer than `mostMs`. // faults #11 */
export const openHangWatch = (mostMs: number): HangWatch => {
  const beat = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(watcher, { eval: true, execArgv: [], workerData: { beat, mostMs, lookEveryMs } });
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
