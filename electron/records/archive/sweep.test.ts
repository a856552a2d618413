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
const seen = { lane: 'lane-1', day: '2026-11-20', sequence: 7, bytes: 100, indexed: null, facts };

describe('a file in the archive', () => {
  it.each([
    ['that the index knows stays', { indexed: { bytes: 100 }, facts: null }, 'keep'],
    ['that says what it is comes into the index', {}, 'adopt'],
    ['whose index says another length speaks for itself', { indexed: { bytes: 90 } }, 'adopt'],
    ['that says nothing goes', { facts: null }, 'remove'],
    ['that lies in the wrong lane goes', { lane: 'lane-2' }, 'remove'],
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
    const files = openFiles(folder, 'test');
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
});
