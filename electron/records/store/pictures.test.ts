import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder, aStore } from '../../../test/records/store.ts';
import type { KeptPicture, Pictures } from './pictures.ts';

/** The index of one file of records, each time opened by a station of another name. */
const anIndex = () => {
  const file = join(aFolder(), 'records.sqlite');
  return async <T>(station: string, lane: string, use: (index: Pictures) => T): Promise<T> => {
    const store = aStore({ file, station, lanes: [lane] });
    try {
      return use(store.pictures);
    } finally {
      store.close();
    }
  };
};

const some = (index: Pictures, station: string, count: number): KeptPicture[] => {
  const lane = index.lanes().find((each) => each.station === station);
  if (lane === undefined) throw new Error('no lane');
  const { laneId, folder } = lane;
  return Array.from({ length: count }, (_, at) => ({
    ...({ laneId, folder, sequence: at + 1, verdict: 'ok', decidedAtMs: at + 1, bytes: 1000, format: 'jpg' } as const),
  }));
};

/** The index as a sweep walks it; ends also where the walk does not. */
const walk = (index: Pictures): KeptPicture[] => {
  const found: KeptPicture[] = [];
  for (let page = index.after(null, 50); page.length > 0 && found.length < 1000; page = index.after(page.at(-1) ?? null, 50))
    found.push(...page);
  return found;
};

describe('the index of the pictures, after a renaming', () => {
  it.each([
    ['of the station', 'new', 'lane-1'],
    ['of station and lane', 'new', 'camera-a'],
  ])('%s lets go of the pictures of the former name', async (_what, station, lane) => {
    const openAs = anIndex();
    await openAs('old', 'lane-1', (index) => index.add(some(index, 'old', 300)));
    await openAs(station, lane, (index) => {
      for (const leftBytes of [200_000, 100_000, 0]) {
        index.remove(index.oldest('ok', 100));
        expect(index.totalBytes()).toBe(leftBytes);
      }
    });
  });

  it('and back again is walked once, all of it', async () => {
    const openAs = anIndex();
    await openAs('old', 'lane-1', (index) => index.add(some(index, 'old', 300)));
    await openAs('new', 'lane-1', (index) => index.add(some(index, 'new', 10)));
    const found = await openAs('old', 'lane-1', walk);
    expect(found.map(({ folder }) => folder)).toEqual([
      ...Array.from({ length: 300 }, () => 'lane-1'),
      ...Array.from({ length: 10 }, () => 'lane-1@new'),
    ]);
  });

  it('gives each lane a folder of its own, and the first of a name that name', async () => {
    const openAs = anIndex();
    await openAs('old', 'lane-1', () => undefined);
    await openAs('new', 'lane-1', () => undefined);
    await openAs('new', 'lane-2', () => undefined);
    const folders = await openAs('old', 'lane-2', (index) => index.lanes().map(({ folder }) => folder));
    expect(folders).toEqual(['lane-1', 'lane-1@new', 'lane-2', 'lane-2@old']);
  });
});
