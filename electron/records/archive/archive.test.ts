import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PictureFact } from '../../contract/facts.ts';
import { aRoomyDisk } from '../../../test/records/disk.ts';
import { aFolder, aLog, aStore } from '../../../test/records/store.ts';
import type { Pictures } from '../store/pictures.ts';
import { openArchive } from './archive.ts';

const log = aLog();
/** Long ago: files of a test are no leftovers. */
const at = { station: 'test', startedMs: 0, disk: aRoomyDisk };

const aPicture = (sequence: number, changes: Partial<PictureFact> = {}): PictureFact => ({
  ...{ type: 'picture', lane: 'lane-1', sequence, partId: sequence, verdict: 'nok' },
  decidedAtMs: Date.UTC(2026, 10, 20, 23, 59, 59) + sequence,
  jpeg: new Uint8Array(1000).fill(sequence),
  ...changes,
});

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();

describe('the archive', () => {
  it('keeps a picture under its lane and day, and finds it again', async () => {
    const folder = join(aFolder(), 'pictures');
    const archive = openArchive({ ...at, folder, index: aStore().pictures, log });
    archive.keep(aPicture(7));
    await archive.close();
    expect(readdirSync(join(folder, 'lane-1', '2026-11-20'))).toEqual(['7.jpg']);
    expect(await archive.read('lane-1', 7)).toEqual(Buffer.alloc(1000, 7));
    expect(await archive.read('lane-1', 8)).toBeNull();
    expect(await archive.read('../lane-1', 7)).toBeNull();
  });

  it('keeps pixels as a PNG under the same number, which comes back into a lost index', async () => {
    const folder = aFolder();
    const { pictures: index } = aStore();
    const archive = openArchive({ ...at, folder, index, log });
    const { jpeg: _, ...about } = aPicture(7);
    const thumbnail = new Uint8Array(300).fill(9);
    archive.keep({ ...about, type: 'lossless', width: 2, height: 1, rgb: Uint8Array.of(1, 2, 3, 4, 5, 6), thumbnail });
    await archive.close();
    expect(filesIn(folder)).toEqual(['7.png']);
    const kept = index.find('lane-1', 7);
    expect(kept?.format).toBe('png');
    expect((await archive.read('lane-1', 7))?.subarray(1, 4)).toEqual(Buffer.from('PNG'));
    expect(await archive.thumbnail('lane-1', 7)).toEqual(Buffer.from(thumbnail));
    index.remove(kept === null ? [] : [kept]);
    const again = openArchive({ ...at, startedMs: Date.now() + 60_000, folder, index, log });
    await expect.poll(() => index.find('lane-1', 7)).toEqual(kept);
    await again.close();
  });

  it('shows no picture that is not whole', async () => {
    const folder = aFolder();
    const archive = openArchive({ ...at, folder, index: aStore().pictures, log });
    archive.keep(aPicture(7));
    await archive.close();
    truncateSync(join(folder, 'lane-1', '2026-11-20', '7.jpg'), 10);
    expect(await archive.read('lane-1', 7)).toBeNull();
  });

  it('stays within its quota and keeps the most valuable, files and index alike', async () => {
    const folder = aFolder();
    const { pictures } = aStore();
    const archive = openArchive({ ...at, folder, index: pictures, quotaBytes: 10_000, log });
    for (let sequence = 1; sequence <= 30; sequence++)
      archive.keep(aPicture(sequence, { verdict: sequence <= 5 ? 'nok' : 'ok' }));
    await archive.close();
    expect(pictures.totalBytes()).toBeLessThanOrEqual(10_000);
    expect(filesIn(folder)).toHaveLength(pictures.totalBytes() / 1000);
    for (const sequence of [1, 2, 3, 4, 5, 30]) expect(await archive.read('lane-1', sequence)).not.toBeNull();
    expect(await archive.read('lane-1', 6)).toBeNull();
  });

  it('counts what it lets go when the disk refuses or does not keep up', async () => {
    const folder = aFolder();
    mkdirSync(join(folder, 'lane-1'));
    writeFileSync(join(folder, 'lane-1', '2026-11-20'), 'a file where the day should be');
    const archive = openArchive({ ...at, folder, index: aStore().pictures, log });
    archive.keep(aPicture(1));
    await archive.close();
    expect(archive.lost()).toEqual({ pictures: 1, kind: 'other' });
    const busy = openArchive({ ...at, folder: aFolder(), index: aStore().pictures, log });
    for (let sequence = 1; sequence <= 100; sequence++) busy.keep(aPicture(sequence));
    expect(busy.lost().pictures).toBeGreaterThan(0);
    expect(busy.lost().kind).toBeNull();
    await busy.close();
  });

  it('lets the least valuable go at once when the disk is short, also while no picture comes', async () => {
    const folder = aFolder();
    const { pictures } = aStore();
    let quotaBytes = 1e9;
    const archive = openArchive({ ...at, folder, index: pictures, disk: { ...aRoomyDisk, quotaOf: () => quotaBytes }, log });
    for (let sequence = 1; sequence <= 30; sequence++)
      archive.keep(aPicture(sequence, { verdict: sequence <= 5 ? 'nok' : 'ok' }));
    await expect.poll(() => pictures.totalBytes()).toBe(30_000);
    quotaBytes = 6000;
    await expect.poll(() => filesIn(folder), { timeout: 5000 }).toEqual(['1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg']);
    expect(pictures.totalBytes()).toBe(5000);
    expect(archive.lost().pictures).toBe(0);
    await archive.close();
  });

  it('makes room on a disk so full that the index cannot be written before a file has gone', async () => {
    const folder = aFolder();
    const { pictures } = aStore();
    let quotaBytes = 1e9;
    const remove: Pictures['remove'] = (leaving) => {
      if (filesIn(folder).length === 10) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
      pictures.remove(leaving);
    };
    const index = { ...pictures, remove };
    const archive = openArchive({ ...at, folder, index, disk: { ...aRoomyDisk, quotaOf: () => quotaBytes }, log });
    for (let sequence = 1; sequence <= 10; sequence++) archive.keep(aPicture(sequence));
    await expect.poll(() => pictures.totalBytes()).toBe(10_000);
    quotaBytes = 5000;
    await expect.poll(() => filesIn(folder), { timeout: 5000 }).toHaveLength(4);
    await archive.close();
    expect(pictures.totalBytes()).toBe(4000);
  });

  it('keeps the neighbours of a picture that failed, and leaves nothing of that one', async () => {
    const folder = aFolder();
    mkdirSync(join(folder, 'lane-1', '2026-11-20', '2.jpg', 'in the way'), { recursive: true });
    const { pictures } = aStore();
    const archive = openArchive({ ...at, folder, index: pictures, log });
    for (const sequence of [1, 2, 3, 4]) archive.keep(aPicture(sequence));
    await archive.close();
    expect(filesIn(folder)).toEqual(['1.jpg', '3.jpg', '4.jpg']);
    for (const sequence of [1, 3, 4]) expect(await archive.read('lane-1', sequence)).not.toBeNull();
    expect(archive.lost().pictures).toBe(1);
  });

  it('leaves no file that its index did not take', async () => {
    const folder = aFolder();
    const refuse = (): void => {
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    };
    const archive = openArchive({ ...at, folder, index: { ...aStore().pictures, add: refuse }, log });
    archive.keep(aPicture(1));
    await archive.close();
    expect(filesIn(folder)).toEqual([]);
    expect(archive.lost()).toEqual({ pictures: 1, kind: 'full' });
  });
});
