import type { Logger } from '../../base/log.ts';
import type { LosslessFact, PictureFact } from '../../contract/facts.ts';
import type { StoreFault } from '../store/fault.ts';
import type { KeptPicture, Pictures } from '../store/pictures.ts';
import { evictionOrder, planEviction } from './eviction.ts';
import type { PictureFiles } from './files.ts';
import { type Place, quotaNow } from './room.ts';

const mostEvictedAtOnce = 100;

/** What became of some pictures. */
export interface Outcome {
  /** So many were not kept. */
  refused: number;
  /** What was thrown last, `null` when all went well. */
  failure: unknown;
}

/** Files and index, brought on together. */
export interface Keeper {
  /** Keeps what comes, or nothing, and makes the room that is to be made. One call at a time; throws never. */
  keepSome(facts: readonly (PictureFact | LosslessFact)[]): Promise<Outcome>;
  /** Others have changed the index. */
  recount(): void;
}

interface Options {
  files: PictureFiles;
  index: Pictures;
  place: Place;
  faultOf(error: unknown): StoreFault;
  log: Logger;
}

const bytesOf = (pictures: readonly KeptPicture[]): number => pictures.reduce((sum, picture) => sum + picture.bytes, 0);

/** Writes a few pictures, indexes them, and makes room when the quota is passed or the disk is short. */
export const openKeeper = ({ files, index, place, faultOf, log }: Options): Keeper => {
  let usedBytes = index.totalBytes();

  const removeFiles = async (pictures: readonly KeptPicture[]): Promise<void> => {
    for (const picture of pictures) await files.remove(picture);
  };

  /** Out of the index, then the file; on a disk so full that not even the index can be written, the files make the room for it. */
  const letGo = async (leaving: readonly KeptPicture[]): Promise<void> => {
    try {
      index.remove(leaving);
    } catch (error) {
      if (faultOf(error).kind !== 'full') throw error;
      await removeFiles(leaving);
      index.remove(leaving);
    }
    usedBytes -= bytesOf(leaving);
    await removeFiles(leaving);
  };

  /** A hundred at a time: the oldest hundred of each verdict are enough to say which hundred go first. */
  const evict = async (): Promise<void> => {
    const quotaBytes = await quotaNow(place, usedBytes);
    while (usedBytes > quotaBytes) {
      const candidates = evictionOrder.flatMap((verdict) => index.oldest(verdict, mostEvictedAtOnce));
      const leaving = planEviction(candidates, usedBytes, quotaBytes).slice(0, mostEvictedAtOnce);
      if (leaving.length === 0) return;
      const bad = leaving.filter((picture) => picture.verdict === 'nok').length;
      if (bad > 0) log.warn({ pictures: bad }, 'pictures of bad parts leave the archive: there is no room for them');
      await letGo(leaving);
    }
  };

  /** In the index with them; a file that does not come into it would be nobody's, so it goes. */
  const note = async (written: readonly KeptPicture[]): Promise<void> => {
    try {
      if (written.length > 0) index.add(written);
    } catch (error) {
      await removeFiles(written);
      throw error;
    }
    usedBytes += bytesOf(written);
  };

  return {
    async keepSome(facts) {
      const outcome: Outcome = { refused: 0, failure: null };
      const failed = (refused: number, failure: unknown): void => void Object.assign(outcome, { refused, failure });
      const settled = await Promise.allSettled(facts.map(files.write));
      const written = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      for (const each of settled) if (each.status === 'rejected') failed(outcome.refused + 1, each.reason);
      await note(written).catch((error: unknown) => failed(facts.length, error));
      await evict().catch((error: unknown) => failed(outcome.refused, outcome.failure ?? error));
      return outcome;
    },
    recount() {
      usedBytes = index.totalBytes();
    },
  };
};
