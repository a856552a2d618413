import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PictureFact } from '../../contract/facts.ts';
import type { KeptPicture } from '../store/pictures.ts';

type Place = Pick<KeptPicture, 'lane' | 'sequence' | 'decidedAtMs'>;

/** The archive's files: `<folder>/<lane>/<yyyy-mm-dd>/<sequence>.jpg`, the day in UTC. */
export interface PictureFiles {
  /** The file has its name only when it is whole. */
  write(fact: PictureFact): Promise<KeptPicture>;
  remove(place: Place): Promise<void>;
  /** `null` when it is not there or not whole: a power cut may leave a shorter file under the name. */
  read(picture: KeptPicture): Promise<Uint8Array | null>;
}

/** Opens the folder; what is in it is made as pictures come. */
export const openFiles = (folder: string): PictureFiles => {
  const pathOf = ({ lane, sequence, decidedAtMs }: Place): string =>
    join(folder, lane, new Date(decidedAtMs).toISOString().slice(0, 10), `${sequence}.jpg`);
  return {
    async write({ lane, sequence, verdict, decidedAtMs, jpeg }) {
      const path = pathOf({ lane, sequence, decidedAtMs });
      await mkdir(dirname(path), { recursive: true });
      await writeFile(`${path}.tmp`, jpeg);
      await rename(`${path}.tmp`, path);
      return { lane, sequence, verdict, decidedAtMs, bytes: jpeg.length };
    },
    remove: (place) => rm(pathOf(place), { force: true }),
    async read(picture) {
      const jpeg = await readFile(pathOf(picture)).catch(() => null);
      return jpeg?.length === picture.bytes ? jpeg : null;
    },
  };
};
