import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder, aStore } from '../../../test/records/store.ts';
import type { PictureFacts } from './comment.ts';
import { openFiles } from './files.ts';
import { judge, sweep } from './sweep.ts';

const decidedAtMs = Date.UTC(2026, 10, 20, 12);
const facts: PictureFacts = {
  ...{ station: 'test', lane: 'lane-1', sequence: 7, partId: 7, verdict: 'nok' },
  decidedAt: new Date(decidedAtMs).toISOString(),
};
const seen = { folder: 'lane-1', day: '2026-11-20', sequence: 7, bytes: 100, indexed: null, facts, home: 'lane-1' };

describe('a file in the archive', () => {
  it.each([
    ['that the index knows stays', { indexed: { bytes: 100 }, facts: null }, 'keep'],
    ['that says what it is comes into the index', {}, 'adopt'],
    ['whose index says another length speaks for itself', { indexed: { bytes: 90 } }, 'adopt'],
    ['that says nothing goes', { facts: null }, 'remove'],
    ['that lies in the wrong lane goes', { folder: 'lane-2' }, 'remove'],
    ['that lies where another station has a lane of this name goes home', { home: 'lane-1@test' }, 'move'],
    ['that got a folder of its own and needs none goes home', { folder: 'lane-1@test' }, 'move'],
    ['of a lane that never recorded here goes', { home: null }, 'remove'],
    ['that lies in the wrong day goes', { day: '2026-11-21' }, 'remove'],
    ['under the name of another goes', { sequence: 8 }, 'remove'],
    ['under a name that is none of ours goes', { sequence: null }, 'remove'],
  ] as const)('%s', (_what, changes, expected) => {
    expect(judge({ ...seen, ...changes })).toBe(expected);
  });
});

describe('a sweep', () => {
  it('brings files and index together, and touches nothing that is in the making', async () => {
    const folder = aFolder();
    const { pictures: index } = aStore();
    const files = openFiles(folder, 'test', index.lanes);
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
    const write = (sequence: number) =>
      files.write({ type: 'picture', lane: 'lane-1', sequence, partId: sequence, verdict: 'nok', decidedAtMs, jpeg });
    index.add(await Promise.all([1, 2, 3].map(write)));
    const unindexed = await write(4);
    const day = join(folder, 'lane-1', '2026-11-20');
    rmSync(join(day, '2.jpg'));
    writeFileSync(join(day, '9.jpg.tmp'), 'half');
    mkdirSync(join(folder, 'lane-2', '2026-11-20'), { recursive: true });
    writeFileSync(join(folder, 'lane-2', '2026-11-20', '5.jpg'), 'no picture');
    const later = Date.now() + 60_000;
    const { signal } = new AbortController();
    const early = await sweep({ folder, index, files, startedMs: 0, signal });
    expect(early).toEqual({ adopted: 0, removed: 0, forgotten: 1 });
    expect(await sweep({ folder, index, files, startedMs: later, signal })).toEqual({ adopted: 1, removed: 2, forgotten: 0 });
    expect(index.find('lane-1', 4)).toEqual(unindexed);
    expect(index.find('lane-1', 2)).toBeNull();
    expect(readdirSync(day)).toEqual(['1.jpg', '3.jpg', '4.jpg']);
  });

  it('leaves folders in a day alone and goes on behind them', async () => {
    const folder = aFolder();
    const { pictures: index } = aStore();
    mkdirSync(join(folder, 'lane-1', '2026-11-20', 'copies'), { recursive: true });
    mkdirSync(join(folder, 'lane-1', '2026-11-20', '7.jpg'));
    mkdirSync(join(folder, 'lane-1', '2026-11-21'));
    writeFileSync(join(folder, 'lane-1', '2026-11-21', '5.jpg.tmp'), 'half');
    const { signal } = new AbortController();
    const swept = await sweep({
      folder,
      index,
      files: openFiles(folder, 'test', index.lanes),
      startedMs: Date.now() + 60_000,
      signal,
    });
    expect(swept).toEqual({ adopted: 0, removed: 1, forgotten: 0 });
    expect(readdirSync(join(folder, 'lane-1', '2026-11-20'))).toEqual(['7.jpg', 'copies']);
  });

  it('brings a picture of a renamed station out of the folder of the station before it', async () => {
    const folder = aFolder();
    const file = join(folder, 'records.sqlite');
    aStore({ file, station: 'before' }).close();
    const { pictures: index } = aStore({ file });
    const pictures = join(folder, 'pictures');
    const files = openFiles(pictures, 'test', () => index.lanes().map((lane) => ({ ...lane, folder: lane.lane })));
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
    const misplaced = await files.write({
      ...{ type: 'picture', lane: 'lane-1', sequence: 7, partId: 7, verdict: 'nok', decidedAtMs, jpeg },
    });
    index.add([misplaced]);
    const options = { folder: pictures, index, startedMs: Date.now() + 60_000, signal: new AbortController().signal };
    const swept = await sweep({ ...options, files: openFiles(pictures, 'test', index.lanes) });
    expect(swept).toEqual({ adopted: 1, removed: 0, forgotten: 0 });
    expect(readdirSync(join(pictures, 'lane-1@test', '2026-11-20'))).toEqual(['7.jpg']);
    expect(index.find('lane-1', 7)).toEqual({ ...misplaced, folder: 'lane-1@test' });
  });
});
