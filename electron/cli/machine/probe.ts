import { monoMs } from '../../base/clock.ts';
import { priorities, takePriority } from '../../base/priority.ts';
import { openStopwatch } from '../../line/figures.ts';
import { obey } from '../../sim/control.ts';

/** PROCESS: sleeps again and again, before all that sorts, and tells how much too late it wakes; see `heldUp.ts`. */

const sleepMs = 2;

const lateMs = openStopwatch();
const never = new Int32Array(new SharedArrayBuffer(4));

/** A wait below the event loop, exact to some hundredths of a millisecond; its timers know whole milliseconds only. */
const sleepOnce = (): void => {
  const startMs = monoMs();
  Atomics.wait(never, 0, 0, sleepMs);
  lateMs.add(Math.max(0, monoMs() - startMs - sleepMs));
  setImmediate(sleepOnce);
};

takePriority(priorities.probing);
sleepOnce();
obey({
  knobs: {},
  figures: () => lateMs.figures(),
  reset: lateMs.reset,
  stop: async () => undefined,
});
