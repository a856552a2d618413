import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PictureFact } from '../../contract/facts.ts';
import { aRoomyDisk } from '../../../test/records/disk.ts';
import { aFolder, aLog, aStore } from '../../../test/records/store.ts';
import { openArchive } from './archive.ts';

/** One data folder, each time of a station of another name. */
const aDataFolder = () => {
  const folder = aFolder();
  const pictures = join(folder, 'pictures');
  return {
    pictures,
    async keep(station: string, sequences: readonly number[], quotaBytes = 1e9) {
      const store = aStore({ file: join(folder, 'records.sqlite'), station });
      const options = { folder: pictures, index: store.pictures, quotaBytes, disk: aRoomyDisk, startedMs: 0, log: aLog() };
      const archive = openArchive({ station, ...options });
      for (const sequence of sequences) archive.keep(aPicture(station, sequence));
      await archive.close();
      const kept = await Promise.all(sequences.map((sequence) => archive.read('lane-1', sequence)));
      const bytes = store.pictures.totalBytes();
      store.close();
      return { kept: kept.map((picture) => picture?.[0] ?? null), bytes };
    },
  };
};

const aPicture = (station: string, sequence: number): PictureFact => ({
  ...{ type: 'picture', lane: 'lane-1', sequence, partId: sequence, verdict: 'nok' },
  decidedAtMs: Date.UTC(2026, 10, 20) + (station === 'old' ? 0 : 1000) + sequence,
  jpeg: new Uint8Array(1000).fill(station.length),
});

describe('the archive of a station that was renamed', () => {
  it('writes over no picture of the name before', async () => {
    const { keep } = aDataFolder();
    await keep('old', [1, 2, 3]);
    expect((await keep('renamed', [1, 2, 3])).kept).toEqual([7, 7, 7]);
    expect((await keep('old', [4])).bytes).toBe(7000);
  });

  it('keeps its quota: the pictures of the name before go like any others, files and index alike', async () => {
    const { keep, pictures } = aDataFolder();
    await keep(
      'old',
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
    const { kept, bytes } = await keep('renamed', [1, 2, 3], 10_000);
    expect(kept).toEqual([7, 7, 7]);
    expect(bytes).toBeLessThanOrEqual(10_000);
    const files = readdirSync(pictures, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files).toHaveLength(bytes / 1000);
  });
});
