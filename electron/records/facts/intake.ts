import { createHistogram } from 'node:perf_hooks';
import { monoMs } from '../../base/clock.ts';
import type { LineEvent } from '../../contract/facts.ts';
import type { Histogram } from '../../contract/histogram.ts';
import type { Arrival, Kept } from '../store/keepRecords.ts';

/** A group is committed when its first record has waited so long … */
const groupMs = 20;
/** … or when so many are there; larger groups would keep the event loop from everything else. */
const mostInGroup = 64;
/** A disk that refuses to write is tried again so often; meanwhile nothing is acknowledged and `line` holds on. */
const retryMs = 500;

/** What comes from `line` for the disk. */
export type Incoming = Arrival | { event: LineEvent };

/**
 * The queue between the socket and the store.
 *
 * What must hold: what comes is acknowledged only after the transaction that keeps it; a failed transaction is tried again
 * with the same content. It is as long as `line`'s own bounded queues at most: `line` sends no more than it holds.
 */
export interface Intake {
  take(incoming: Incoming): void;
  /** Commits since the start, durations in milliseconds. */
  commits(): Histogram;
  /** Writes what is there and takes no more. */
  close(): void;
}

interface Options {
  keep(batch: readonly Arrival[]): Kept;
  /** Events are few: each is a transaction of its own. */
  keepEvent(event: LineEvent): void;
  /** After each commit. */
  onKept(kept: Kept): void;
  onEventKept(event: LineEvent): void;
}

/** Opens an empty queue; `keep` and `keepEvent` write or throw. */
export const openIntake = ({ keep, keepEvent, onKept, onEventKept }: Options): Intake => {
  const queue: Incoming[] = [];
  const durations = createHistogram({ lowest: 1, highest: 60_000_000, figures: 3 });
  let isRefused = false;
  let timer: NodeJS.Timeout | undefined;
  let immediate: NodeJS.Immediate | undefined;
  let closed = false;

  /** The group that is next: an event, or what stands before the next one. */
  const nextGroup = (): { event: LineEvent } | { batch: Arrival[] } => {
    const batch: Arrival[] = [];
    for (const incoming of queue.slice(0, mostInGroup)) {
      if (!('event' in incoming)) batch.push(incoming);
      else if (batch.length === 0) return incoming;
      else break;
    }
    return { batch };
  };
  /** Writes the group; what is returned tells that it is on disk. */
  const write = (): (() => void) => {
    const group = nextGroup();
    if ('event' in group) {
      keepEvent(group.event);
      queue.shift();
      return () => onEventKept(group.event);
    }
    const kept = keep(group.batch);
    queue.splice(0, group.batch.length);
    return () => onKept(kept);
  };
  const commit = (): void => {
    timer = immediate = undefined;
    if (queue.length === 0) return;
    const startedMs = monoMs();
    let tell: () => void;
    try {
      tell = write();
      isRefused = false;
    } catch {
      // Whoever holds the store tells why.
      isRefused = true;
      if (!closed) timer = setTimeout(commit, retryMs);
      return;
    }
    durations.record(Math.max(1, Math.round((monoMs() - startedMs) * 1000)));
    tell();
    arm();
  };

  /** Decides when the next group is due; between two groups the event loop turns. */
  const arm = (): void => {
    if (closed || queue.length === 0 || immediate !== undefined) return;
    if (queue.length >= mostInGroup && !isRefused) {
      clearTimeout(timer);
      timer = undefined;
      immediate = setImmediate(commit);
    } else timer ??= setTimeout(commit, groupMs);
  };

  const at = (percentile: number): number => durations.percentile(percentile) / 1000;
  return {
    take(incoming) {
      if (closed) return;
      queue.push(incoming);
      arm();
    },
    commits: () =>
      durations.count === 0
        ? { count: 0, p50: 0, p99: 0, p999: 0, max: 0 }
        : { count: durations.count, p50: at(50), p99: at(99), p999: at(99.9), max: durations.max / 1000 },
    close() {
      closed = true;
      clearTimeout(timer);
      clearImmediate(immediate);
      isRefused = false;
      while (queue.length > 0 && !isRefused) commit();
    },
  };
};
