import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { isFullCheckDue } from './check.ts';
import type { CheckAnswer } from './checkWorker.ts';
import { DamagedError } from './fault.ts';
import { holdEvents } from './heldEvents.ts';
import type { StoreHolder } from './holder.ts';
import { quotaOf, type Room } from './quota.ts';

/** Between two pieces of work on the store there is time for everything else. */
const pieceEveryMs = 20;
const lookEveryMs = 1000;
const checkEveryMs = 60_000;

interface Options {
  /** The database. */
  file: string;
  /** How large it may grow by the station file. */
  allowedBytes: number;
  now(): number;
  /** Wall clock of the newest record, `null` before the first. */
  lastRecordMs(): number | null;
}

/**
 * Does for the store what nobody waits for: keeps its quota below the disk, makes room, goes on with a salvage, and has
 * the whole file checked off shift by a thread of its own.
 */
export const keepTidy = (holder: StoreHolder, options: Options): { close(): void } => {
  let timer: NodeJS.Timeout | undefined;
  let worker: Worker | null = null;
  let closed = false;
  const events = holdEvents((event) => holder.use((store) => store.events.add(event)));

  const tidy = (): void => {
    let isBusy = false;
    if (holder.isOpen()) {
      try {
        isBusy = holder.use((store) => {
          store.limit(quotaOf(roomFor(options)));
          const isEvicting = store.eviction.step();
          return store.salvage() || isEvicting;
        });
      } catch {
        // The holder knows the fault; an alarm stands, and the next round tries again.
      }
    }
    if (!closed) timer = setTimeout(tidy, isBusy ? pieceEveryMs : lookEveryMs);
  };

  const heardOf = ({ fault }: CheckAnswer): void => {
    if (closed) return;
    if (fault !== null) return holder.reopen(new DamagedError(fault));
    const what = 'The whole file of records was checked and is whole.';
    events.add({ atMs: options.now(), kind: 'checked', lane: null, sequence: null, what });
  };
  const check = (): void => {
    if (worker !== null || !holder.isOpen()) return;
    let lastCheckMs: number | null;
    try {
      lastCheckMs = holder.use((store) => store.events.lastOf('checked'))?.atMs ?? null;
    } catch {
      // As above: the next look comes soon.
      return;
    }
    if (!isFullCheckDue({ lastCheckMs, lastRecordMs: options.lastRecordMs() }, options.now())) return;
    worker = new Worker(new URL('./checkWorker.ts', import.meta.url), { workerData: options.file });
    worker.on('message', heardOf);
    worker.on('error', () => undefined);
    worker.on('exit', () => (worker = null));
  };
  const checking = setInterval(check, checkEveryMs);
  tidy();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      clearInterval(checking);
      events.close();
      void worker?.terminate();
    },
  };
};

const roomFor = ({ file, allowedBytes }: Options): Room => {
  const { bavail, blocks, bsize } = statfsSync(dirname(file));
  return { fileBytes: statSync(file).size, freeBytes: bavail * bsize, totalBytes: blocks * bsize, allowedBytes };
};
