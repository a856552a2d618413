import { createHistogram } from 'node:perf_hooks';
import { monoMs } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import type { Histogram } from '../../contract/histogram.ts';
import type { Arrival, Kept } from '../store/keepRecords.ts';

/** A group is committed when its first record has waited so long … */
const groupMs = 20;
/** … or when so many are there; larger groups would keep the event loop from everything else. */
const mostInGroup = 64;
/** A disk that refuses to write is tried again so often; meanwhile nothing is acknowledged and `line` holds on. */
const retryMs = 500;

/**
 * The queue between the socket and the store.
 *
 * What must hold: a record is acknowledged only after the transaction that keeps it; a failed transaction is tried again
 * with the same records. It is as long as `line`'s own bounded queue at most: `line` sends no more than it holds.
 */
export interface Intake {
  take(arrival: Arrival): void;
  waiting(): number;
  /** Why the last try to write failed, `null` while all is well. */
  fault(): { message: string; sinceMonoMs: number } | null;
  /** Commits since the start, durations in milliseconds. */
  commits(): Histogram;
  /** Writes what is there and takes no more. */
  close(): void;
}

interface Options {
  keep(batch: readonly Arrival[]): Kept;
  /** After each commit. */
  onKept(kept: Kept): void;
  onFault(message: string): void;
}

/** Opens an empty queue; `keep` writes a group or throws. */
export const openIntake = ({ keep, onKept, onFault }: Options): Intake => {
  const queue: Arrival[] = [];
  const durations = createHistogram({ lowest: 1, highest: 60_000_000, figures: 3 });
  let fault: { message: string; sinceMonoMs: number } | null = null;
  let timer: NodeJS.Timeout | undefined;
  let immediate: NodeJS.Immediate | undefined;
  let closed = false;

  const commit = (): void => {
    timer = immediate = undefined;
    const batch = queue.slice(0, mostInGroup);
    if (batch.length === 0) return;
    const startedMs = monoMs();
    let kept: Kept;
    try {
      kept = keep(batch);
    } catch (error) {
      fault ??= { message: messageOf(error), sinceMonoMs: startedMs };
      onFault(messageOf(error));
      if (!closed) timer = setTimeout(commit, retryMs);
      return;
    }
    durations.record(Math.max(1, Math.round((monoMs() - startedMs) * 1000)));
    fault = null;
    queue.splice(0, batch.length);
    onKept(kept);
    arm();
  };

  /** Decides when the next group is due; between two groups the event loop turns. */
  const arm = (): void => {
    if (closed || queue.length === 0 || immediate !== undefined) return;
    if (queue.length >= mostInGroup && fault === null) {
      clearTimeout(timer);
      timer = undefined;
      immediate = setImmediate(commit);
    } else timer ??= setTimeout(commit, groupMs);
  };

  const at = (percentile: number): number => durations.percentile(percentile) / 1000;
  return {
    take(arrival) {
      if (closed) return;
      queue.push(arrival);
      arm();
    },
    waiting: () => queue.length,
    fault: () => fault,
    commits: () =>
      durations.count === 0
        ? { count: 0, p50: 0, p99: 0, p999: 0, max: 0 }
        : { count: durations.count, p50: at(50), p99: at(99), p999: at(99.9), max: durations.max / 1000 },
    close() {
      closed = true;
      clearTimeout(timer);
      clearImmediate(immediate);
      fault = null;
      while (queue.length > 0 && fault === null) commit();
    },
  };
};
