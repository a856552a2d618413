import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeptPicture, Pictures } from '../store/pictures.ts';
import { factsIn, type PictureFacts } from './comment.ts';
import { dayOf, headOf, type PictureFiles } from './files.ts';

/** So much is looked at in one go; between two goes there is time for what people wait for. */
const atOnce = 50;
const pauseMs = 20;

/** What is known of a file in the archive's folder. */
interface Seen {
  lane: string;
  day: string;
  /** `null`: its name is none that the archive gives. */
  sequence: number | null;
  bytes: number;
  /** As the index knows it, `null` when it does not. */
  indexed: Pick<KeptPicture, 'bytes'> | null;
  facts: PictureFacts | null;
}

/**
 * What becomes of a file: one that the index knows stays; one that says of itself what it is and lies where that belongs
 * comes into the index (a power cut took its row); anything else goes.
 */
export const judge = ({ lane, day, sequence, bytes, indexed, facts }: Seen): 'keep' | 'adopt' | 'remove' => {
  if (sequence === null) return 'remove';
  if (indexed?.bytes === bytes) return 'keep';
  const isItself = facts?.lane === lane && facts.sequence === sequence && dayOf(Date.parse(facts.decidedAt)) === day;
  return isItself ? 'adopt' : 'remove';
};

interface Options {
  folder: string;
  index: Pictures;
  files: PictureFiles;
  /** Nothing younger is touched: it may be in the making. Wall clock. */
  startedMs: number;
  signal: AbortSignal;
}

/** What a sweep has done. */
export interface Swept {
  adopted: number;
  removed: number;
  /** Rows of the index whose file was not there. */
  forgotten: number;
}

/** Brings files and index together, file without row and row without file, in pieces and as long as it takes. */
export const sweep = async (options: Options): Promise<Swept> => {
  const swept: Swept = { adopted: 0, removed: 0, forgotten: 0 };
  await sweepFiles(options, swept);
  await sweepIndex(options, swept);
  return swept;
};

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

const sweepFiles = async ({ folder, index, startedMs, signal }: Options, swept: Swept): Promise<void> => {
  for (const lane of await namesIn(folder))
    for (const day of await namesIn(join(folder, lane))) {
      const names = await namesIn(join(folder, lane, day));
      for (const [turn, name] of names.entries()) {
        if (signal.aborted) return;
        if (turn % atOnce === atOnce - 1) await sleep(pauseMs);
        const path = join(folder, lane, day, name);
        const { size, mtimeMs } = await stat(path).catch(() => ({ size: 0, mtimeMs: Number.POSITIVE_INFINITY }));
        if (mtimeMs >= startedMs) continue;
        const [, digits, format] = /^(\d+)\.(jpg|png)$/.exec(name) ?? [];
        const sequence = Number(digits ?? Number.NaN);
        const indexed = Number.isNaN(sequence) ? null : index.find(lane, sequence);
        const facts = indexed?.bytes === size ? null : factsIn(await headOf(path));
        const verdict = judge({ lane, day, sequence: Number.isNaN(sequence) ? null : sequence, bytes: size, indexed, facts });
        if (verdict === 'adopt' && facts !== null) {
          index.add([
            {
              lane,
              sequence,
              verdict: facts.verdict,
              decidedAtMs: Date.parse(facts.decidedAt),
              bytes: size,
              format: format === 'png' ? 'png' : 'jpg',
            },
          ]);
          swept.adopted += 1;
        } else if (verdict === 'remove') {
          await rm(path, { force: true });
          swept.removed += 1;
        }
      }
    }
};

const sweepIndex = async ({ index, files, signal }: Options, swept: Swept): Promise<void> => {
  for (
    let page = index.after(null, atOnce);
    page.length > 0 && !signal.aborted;
    page = index.after(page.at(-1) ?? null, atOnce)
  ) {
    const isThere = await Promise.all(page.map((picture) => files.isWhole(picture)));
    const gone = page.filter((_, place) => isThere[place] === false);
    if (gone.length > 0) index.remove(gone);
    swept.forgotten += gone.length;
    await sleep(pauseMs);
  }
};
