import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeptPicture, PictureLane, Pictures } from '../store/pictures.ts';
import { factsIn, type PictureFacts } from './comment.ts';
import { dayOf, headOf, type PictureFiles } from './files.ts';

/** So much is looked at in one go; between two goes there is time for what people wait for. */
const atOnce = 50;
const pauseMs = 20;

/** What is known of a file in the archive's folder. */
interface Seen {
  /** The folders it lies in: a lane's, and in that a day's. */
  folder: string;
  day: string;
  /** `null`: its name is none that the archive gives. */
  sequence: number | null;
  bytes: number;
  /** As the index knows it, `null` when it does not. */
  indexed: Pick<KeptPicture, 'bytes'> | null;
  facts: PictureFacts | null;
  /** The folder of the lane that the facts name, `null` when no such lane has ever recorded here. */
  home: string | null;
}

/**
 * What becomes of a file: one that the index knows stays; one that says of itself what it is and lies where that belongs
 * comes into the index (a power cut took its row); one that lies where another station's lane of the same name has its
 * pictures goes to its own folder; anything else goes.
 */
export const judge = ({ folder, day, sequence, bytes, indexed, facts, home }: Seen): 'keep' | 'adopt' | 'move' | 'remove' => {
  if (sequence === null) return 'remove';
  if (indexed?.bytes === bytes) return 'keep';
  if (facts === null || home === null) return 'remove';
  if (facts.sequence !== sequence || dayOf(Date.parse(facts.decidedAt)) !== day) return 'remove';
  if (folder === home) return 'adopt';
  return folder === facts.lane || folder === `${facts.lane}@${facts.station}` ? 'move' : 'remove';
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

const sweepFiles = async (options: Options, swept: Swept): Promise<void> => {
  const { folder, signal } = options;
  for (const lane of await namesIn(folder))
    for (const day of await namesIn(join(folder, lane))) {
      const names = await namesIn(join(folder, lane, day));
      for (const [turn, name] of names.entries()) {
        if (signal.aborted) return;
        if (turn % atOnce === atOnce - 1) await sleep(pauseMs);
        await sweepFile({ lane, day, name }, options, swept);
      }
    }
};

const sweepFile = async (
  { lane: laneFolder, day, name }: { lane: string; day: string; name: string },
  { folder, index, startedMs }: Options,
  swept: Swept,
): Promise<void> => {
  const path = join(folder, laneFolder, day, name);
  const found = await stat(path).catch(() => null);
  // What is no file, a person's folder say, is none of ours.
  if (found === null || !found.isFile() || found.mtimeMs >= startedMs) return;
  const [, digits, format] = /^(\d+)\.(jpg|png)$/.exec(name) ?? [];
  const sequence = digits === undefined ? null : Number(digits);
  const lanes = index.lanes();
  const here = lanes.find((lane) => lane.folder === laneFolder);
  const indexed = here === undefined || sequence === null ? null : index.at(here.laneId, sequence);
  const facts = indexed?.bytes === found.size ? null : factsIn(await headOf(path));
  const home = lanes.find((lane) => lane.station === facts?.station && lane.lane === facts.lane);
  const seen = { folder: laneFolder, day, sequence, bytes: found.size, indexed, facts, home: home?.folder ?? null };
  const verdict = judge(seen);
  if (verdict === 'remove') {
    await rm(path, { force: true });
    swept.removed += 1;
  }
  if ((verdict !== 'adopt' && verdict !== 'move') || facts === null || home === undefined) return;
  if (verdict === 'move' && !(await moveTo(join(folder, home.folder, day, name), path))) return;
  index.add([pictureOf(home, facts, { bytes: found.size, format: format === 'png' ? 'png' : 'jpg' })]);
  swept.adopted += 1;
};

/** Whether it could be; what could not stays where it is, for another sweep. */
const moveTo = async (path: string, from: string): Promise<boolean> => {
  try {
    await mkdir(dirname(path), { recursive: true });
    await rename(from, path);
    return true;
  } catch {
    return false;
  }
};

const pictureOf = (
  { laneId, folder }: PictureLane,
  { sequence, verdict, decidedAt }: PictureFacts,
  file: Pick<KeptPicture, 'bytes' | 'format'>,
): KeptPicture => ({ laneId, folder, sequence, verdict, decidedAtMs: Date.parse(decidedAt), ...file });

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
