import { messageOf } from '../../base/errors.ts';
import type { Logger } from '../../base/log.ts';
import type { LosslessFact, PictureFact } from '../../contract/facts.ts';
import type { KeptPicture, Pictures } from '../store/pictures.ts';
import { evictionOrder, planEviction } from './eviction.ts';
import { openFiles, type PictureFiles } from './files.ts';
import { sweep } from './sweep.ts';

const defaultQuotaBytes = 2 * 1024 ** 3;
/** Pictures in memory on their way to the disk; more than that are let go: pictures may be lost, records may not. */
const mostQueued = 64;
/** Written side by side and indexed in one transaction. */
const mostWrittenAtOnce = 4;
const mostEvictedAtOnce = 100;

/**
 * Pictures of parts as JPEG files, some as PNG, with an index in the store.
 *
 * What must hold: a file is there before the index says so, and is out of the index before it goes; nothing here blocks
 * the event loop; the quota is kept.
 */
export interface Archive {
  keep(fact: PictureFact | LosslessFact): void;
  /** The file, `null` when there is none. */
  read(lane: string, sequence: number): Promise<Uint8Array | null>;
  /** The same, small, for lists. */
  thumbnail(lane: string, sequence: number): Promise<Uint8Array | null>;
  /** Pictures let go because the disk did not keep up or refused. */
  lost(): number;
  /** Resolves when all that was taken is on disk. */
  close(): Promise<void>;
}

interface Options {
  station: string;
  folder: string;
  index: Pictures;
  quotaBytes?: number;
  /** Wall clock at the start: what is older and belongs to nothing is swept up. */
  startedMs: number;
  log: Logger;
}

/** Opens the archive in `folder`; folders are made as pictures come. */
export const openArchive = ({ station, folder, index, quotaBytes = defaultQuotaBytes, startedMs, log }: Options): Archive => {
  const files = openFiles(folder, station);
  const { keepSome, recount } = prepareKeepSome(files, index, quotaBytes, log);
  const closing = new AbortController();
  const sweeping = sweep({ folder, index, files, startedMs, signal: closing.signal }).then(
    (swept) => {
      recount();
      if (swept.adopted + swept.removed + swept.forgotten > 0) log.warn(swept, 'pictures and their index were brought together');
    },
    (error: unknown) => log.warn({ why: messageOf(error) }, 'pictures and their index could not be compared'),
  );
  const queue: (PictureFact | LosslessFact)[] = [];
  let lost = 0;
  let isFailing = false;
  let working: Promise<void> | null = null;
  let closed = false;

  const work = async (): Promise<void> => {
    while (queue.length > 0) {
      const facts = queue.splice(0, mostWrittenAtOnce);
      try {
        await keepSome(facts);
        isFailing = false;
      } catch (error) {
        lost += facts.length;
        if (!isFailing) log.error({ why: messageOf(error) }, 'pictures cannot be kept');
        isFailing = true;
      }
    }
    working = null;
  };

  return {
    keep(fact) {
      if (closed || queue.length >= mostQueued) {
        lost += 1;
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
      closing.abort();
      await sweeping;
      await working;
    },
  };
};

const bytesOf = (pictures: readonly KeptPicture[]): number => pictures.reduce((sum, picture) => sum + picture.bytes, 0);

/** Writes a few pictures, indexes them, and makes room when the quota is passed. */
const prepareKeepSome = (files: PictureFiles, index: Pictures, quotaBytes: number, log: Logger) => {
  let usedBytes = index.totalBytes();

  /** A hundred at a time: the oldest hundred of each verdict are enough to say which hundred go first. */
  const evict = async (): Promise<void> => {
    while (usedBytes > quotaBytes) {
      const candidates = evictionOrder.flatMap((verdict) => index.oldest(verdict, mostEvictedAtOnce));
      const leaving = planEviction(candidates, usedBytes, quotaBytes).slice(0, mostEvictedAtOnce);
      if (leaving.length === 0) return;
      index.remove(leaving);
      usedBytes -= bytesOf(leaving);
      const bad = leaving.filter((picture) => picture.verdict === 'nok').length;
      if (bad > 0) log.warn({ pictures: bad }, 'pictures of bad parts leave the archive: its quota holds no others');
      for (const picture of leaving) await files.remove(picture);
    }
  };

  return {
    async keepSome(facts: readonly (PictureFact | LosslessFact)[]): Promise<void> {
      const written = await Promise.all(facts.map(files.write));
      index.add(written);
      usedBytes += bytesOf(written);
      await evict();
    },
    /** Others have changed the index. */
    recount(): void {
      usedBytes = index.totalBytes();
    },
  };
};
