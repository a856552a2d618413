import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LosslessFact, PictureFact } from '../../contract/facts.ts';
import type { KeptPicture, PictureLane } from '../store/pictures.ts';
import { isSmall, type PictureFacts, thumbnailHeadBytes, thumbnailIn, withFacts } from './comment.ts';
import { encodePng } from './png.ts';

type Place = Pick<KeptPicture, 'folder' | 'sequence' | 'decidedAtMs' | 'format'>;

/** The archive's files: `<folder>/<folder of the lane>/<yyyy-mm-dd>/<sequence>.jpg` (or `.png`), the day in UTC. */
export interface PictureFiles {
  /** The file has its name only when it is whole. */
  write(fact: PictureFact | LosslessFact): Promise<KeptPicture>;
  remove(place: Place): Promise<void>;
  /** `null` when it is not there or not whole: a power cut may leave a shorter file under the name. */
  read(picture: KeptPicture): Promise<Uint8Array | null>;
  isWhole(picture: KeptPicture): Promise<boolean>;
  /** The small picture in it; the whole one where there is none, `null` as with `read`. */
  thumbnail(picture: KeptPicture): Promise<Uint8Array | null>;
}

/** The folder of a day, by wall clock. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Enough for the beginning of a JPEG with its comment. */
const headBytes = 1024;

/** The first bytes of a file; none when it cannot be read. */
export const headOf = async (path: string, bytes = headBytes): Promise<Uint8Array> => {
  const file = await open(path).catch(() => null);
  if (file === null) return new Uint8Array();
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

const fileOf = async (fact: PictureFact | LosslessFact, facts: PictureFacts): Promise<Uint8Array> => {
  const small = fact.thumbnail !== undefined && isSmall(fact.thumbnail) ? fact.thumbnail : undefined;
  return fact.type === 'lossless' ? encodePng(fact, JSON.stringify(facts), small) : withFacts(fact.jpeg, facts, small);
};

/** Puts `bytes` under the name `path` when they are whole; of what failed nothing stays, which would fill a disk that is full. */
const putWhole = async (path: string, bytes: Uint8Array): Promise<void> => {
  const making = `${path}.tmp`;
  try {
    await writeFile(making, bytes);
    await rename(making, path);
  } catch (error) {
    await rm(making, { force: true }).catch(() => undefined);
    throw error;
  }
};

/**
 * Opens the folder; what is in it is made as pictures come, those of `station` where `lanes` says that they belong. Each
 * says of itself what it shows, `station` included.
 */
export const openFiles = (folder: string, station: string, lanes: () => readonly PictureLane[]): PictureFiles => {
  const pathOf = ({ folder: laneFolder, sequence, decidedAtMs, format }: Place): string =>
    join(folder, laneFolder, dayOf(decidedAtMs), `${sequence}.${format}`);
  const placeOf = (name: string): Pick<PictureLane, 'laneId' | 'folder'> => {
    const found = lanes().find((each) => each.station === station && each.lane === name);
    if (found === undefined) throw new Error(`no lane ${name}`);
    return { laneId: found.laneId, folder: found.folder };
  };
  const read = async (picture: KeptPicture): Promise<Uint8Array | null> => {
    const jpeg = await readFile(pathOf(picture)).catch(() => null);
    return jpeg?.length === picture.bytes ? jpeg : null;
  };
  const isWhole = (picture: KeptPicture): Promise<boolean> =>
    stat(pathOf(picture)).then(
      ({ size }) => size === picture.bytes,
      () => false,
    );
  return {
    async write(fact) {
      const { lane, sequence, partId, verdict, decidedAtMs } = fact;
      const format = fact.type === 'lossless' ? 'png' : 'jpg';
      const place = { ...placeOf(lane), sequence, decidedAtMs, format } as const;
      const path = pathOf(place);
      const decidedAt = new Date(decidedAtMs).toISOString();
      const marked = await fileOf(fact, { station, lane, sequence, partId, verdict, decidedAt });
      await mkdir(dirname(path), { recursive: true });
      await putWhole(path, marked);
      return { ...place, verdict, bytes: marked.length };
    },
    remove: (place) => rm(pathOf(place), { force: true }),
    read,
    async thumbnail(picture) {
      const small = thumbnailIn(await headOf(pathOf(picture), thumbnailHeadBytes));
      return small !== null && (await isWhole(picture)) ? small : read(picture);
    },
    isWhole,
  };
};
