import { messageOf } from '../../base/errors.ts';
import type { Logger } from '../../base/log.ts';
import type { StoreFaultKind } from '../../contract/alarms.ts';
import type { LosslessFact, PictureFact } from '../../contract/facts.ts';
import type { StoreFault } from '../store/fault.ts';
import type { Pictures } from '../store/pictures.ts';
import { openFiles } from './files.ts';
import { openKeeper } from './keeper.ts';
import type { Place } from './room.ts';
import { sweep } from './sweep.ts';

const defaultQuotaBytes = 2 * 1024 ** 3;
/** Pictures in memory on their way to the disk; more than that are let go: pictures may be lost, records may not. */
const mostQueued = 64;
/** Written side by side and indexed in one transaction. */
const mostWrittenAtOnce = 4;
/** Records and other programs take from the disk also while no picture comes. */
const lookEveryMs = 1000;

/** Pictures that were let go since the start. */
export interface LostPictures {
  pictures: number;
  /** What took the last of them; `null`: nothing refused it, the disk did not keep up. */
  kind: StoreFaultKind | null;
}

/**
 * Pictures of parts as JPEG files, some as PNG, with an index in the store.
 *
 * What must hold: a file is there before the index says so, and is out of the index before it goes; nothing here blocks
 * the event loop; the quota is kept, and where the disk is short the pictures give way to the records. // faults #43
 */
export interface Archive {
  keep(fact: PictureFact | LosslessFact): void;
  /** The file, `null` when there is none. */
  read(lane: string, sequence: number): Promise<Uint8Array | null>;
  /** The same, small, for lists. */
  thumbnail(lane: string, sequence: number): Promise<Uint8Array | null>;
  /** Pictures let go because the disk did not keep up or refused. */
  lost(): LostPictures;
  /** Resolves when all that was taken is on disk. */
  close(): Promise<void>;
}

interface Options {
  station: string;
  folder: string;
  index: Pictures;
  quotaBytes?: number;
  /** The disk that the pictures share with the records: the rule of it, and what its refusals mean. */
  disk: Pick<Place, 'recordsFile' | 'quotaOf'> & { faultOf(error: unknown): StoreFault };
  /** Wall clock at the start: what is older and belongs to nothing is swept up. */
  startedMs: number;
  log: Logger;
}

/** Opens the archive in `folder`; folders are made as pictures come. */
export const openArchive = ({ station, folder, index, disk, startedMs, log, ...options }: Options): Archive => {
  const files = openFiles(folder, station, index.lanes);
  const place = { folder, ...disk, allowedBytes: options.quotaBytes ?? defaultQuotaBytes };
  const { keepSome, recount } = openKeeper({ files, index, place, faultOf: disk.faultOf, log });
  const closing = new AbortController();
  const sweeping = sweep({ folder, index, files, startedMs, signal: closing.signal })
    .then((swept) => {
      recount();
      if (swept.adopted + swept.removed + swept.forgotten > 0) log.warn(swept, 'pictures and their index were brought together');
    })
    .catch((error: unknown) => log.warn({ why: messageOf(error) }, 'pictures and their index could not be compared'));
  const queue: (PictureFact | LosslessFact)[] = [];
  let lost: LostPictures = { pictures: 0, kind: null };
  let isFailing = false;
  let working: Promise<void> | null = null;
  let closed = false;

  const work = async (): Promise<void> => {
    do {
      const facts = queue.splice(0, mostWrittenAtOnce);
      const { refused, failure } = await keepSome(facts);
      if (refused > 0) lost = { pictures: lost.pictures + refused, kind: disk.faultOf(failure).kind };
      if (failure !== null && !isFailing) log.error({ why: messageOf(failure) }, 'pictures cannot be kept');
      // That nothing came says nothing of the disk.
      if (failure !== null || facts.length > 0) isFailing = failure !== null;
    } while (queue.length > 0);
    working = null;
  };
  const looking = setInterval(() => {
    working ??= work();
  }, lookEveryMs);

  return {
    keep(fact) {
      if (closed || queue.length >= mostQueued) {
        lost = { pictures: lost.pictures + 1, kind: null };
        return;
      }
      queue.push(fact);
      working ??= work();
    },
    async read(lane, sequence) {
      const picture = index.find(lane, sequence);
      return picture === null ? null : files.read(picture);
    },
    async thumbnail(lane, sequence) {
      const picture = index.find(lane, sequence);
      return picture === null ? null : files.thumbnail(picture);
    },
    lost: () => lost,
    async close() {
      closed = true;
      clearInterval(looking);
      closing.abort();
      await sweeping;
      await working;
    },
  };
};
