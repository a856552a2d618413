import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PersonError } from '../../base/errors.ts';
import { aRecord } from '../../../test/records/record.ts';
import { aFolder, aStore, arrivals } from '../../../test/records/store.ts';
import { copyParts, type CopyOptions, requireRoom } from './copy.ts';
import { openReader, type Reader } from './reader.ts';
import type { Store } from './store.ts';

const nowMs = Date.UTC(2026, 10, 21);
const options: CopyOptions = { nowMs, onProgress: () => undefined };

const reading = (file: string): Reader => {
  const reader = openReader(file, 'test');
  onTestFinished(() => reader.close());
  return reader;
};
const keep = (store: Store, from: number, to: number): void =>
  void store.keep(arrivals(...Array.from({ length: to - from + 1 }, (_, index) => aRecord({ sequence: from + index }))), 0);
const sequencesIn = (file: string): number[] =>
  [...reading(file).select({})].flatMap(({ records }) => records.map(({ sequence }) => sequence));

const [, , numbers] = copyParts;

/** A station that has recorded 1000 parts, and a backup of them; then it goes on up to `last` and ends. */
const aBackup = async (last: number) => {
  const folder = aFolder();
  const [file, copy] = [join(folder, 'records.sqlite'), join(folder, 'backup.sqlite')];
  const store = aStore({ file });
  keep(store, 1, 1000);
  const reader = openReader(file, 'test');
  await reader.backup(copy, options);
  reader.close();
  keep(store, 1001, 1010);
  keep(store, last - 9, last);
  store.close();
  return { file, copy };
};

/** As `linegate backup` tells to do it: the numbers of the station are left, where it has any. */
const restore = (copy: string, file: string, parts: readonly string[]): Store => {
  const folder = dirname(file);
  const mine = readdirSync(folder).filter((name) => name.startsWith(basename(file)) && !name.endsWith(numbers));
  for (const name of mine) rmSync(join(folder, name));
  for (const part of parts) copyFileSync(copy + part, file + part);
  return aStore({ file, now: () => nowMs });
};

describe('a copy of the records', () => {
  it('is whole, of one moment, while the station goes on', async () => {
    const file = join(aFolder(), 'records.sqlite');
    const store = aStore({ file });
    keep(store, 1, 1000);
    const seen: number[] = [];
    const copying = reading(file).backup(`${file}.copy`, { ...options, onProgress: (done) => seen.push(done) });
    keep(store, 1001, 1001);
    await copying;
    expect(seen.length).toBeGreaterThan(0);
    expect(sequencesIn(`${file}.copy`)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
  });

  it('is given up, and nothing is left of it, when the log of the station grows too large beside it', async () => {
    const file = join(aFolder(), 'records.sqlite');
    const store = aStore({ file });
    keep(store, 1, 10);
    let next = 11;
    const onProgress = (): void => {
      for (let batch = 0; batch < 100; batch++, next += 50) keep(store, next, next + 49);
    };
    const copying = reading(file).backup(`${file}.copy`, { ...options, onProgress, mostLogBytes: 64 * 1024 });
    await expect(copying).rejects.toThrow(PersonError);
    expect(readdirSync(join(file, '..')).filter((name) => name.includes('copy'))).toEqual([]);
  });

  it('is not begun where it would leave the disk no room', () => {
    expect(() => requireRoom(800, 1000)).not.toThrow();
    expect(() => requireRoom(801, 1000)).toThrow(PersonError);
  });
});

describe('a station that is given a copy as its records', () => {
  const last = 2_700_000;
  it.each([
    ['with the numbers that it has put by itself', copyParts.filter((part) => part !== numbers)],
    ['with those of the copy', copyParts],
  ])('gives no number twice and says what is missing, %s', async (_how, parts) => {
    const { file, copy } = await aBackup(last);
    const store = restore(copy, file, parts);
    const { 'lane-1': from = 0 } = store.lastSequences();
    expect(from).toBeGreaterThanOrEqual(last);
    expect(store.totals().records).toBe(1000);
    expect(store.recentGaps(nowMs)).toContainEqual({
      lane: 'lane-1',
      first: 1001,
      last: from,
      foundAtMs: nowMs,
      cause: 'damage',
    });
    expect(store.events.recent(['restored'], nowMs).map(({ what }) => what)).toEqual([
      'These records are a backup of 2026-11-21T00:00:00.000Z; what was recorded after that is not in it.',
    ]);
    keep(store, from + 1, from + 1);
    expect(store.reports.next(2000).at(-1)?.id).toBe(`test/lane-1/${from + 1}`);
    store.close();
    const again = aStore({ file });
    expect(again.lastSequences()['lane-1']).toBe(from + 1);
    expect(again.events.recent(['restored'], 0)).toHaveLength(1);
  });

  it('on another computer, which has put by none, does so too', async () => {
    const { copy } = await aBackup(last);
    const store = restore(copy, join(aFolder(), 'records.sqlite'), copyParts);
    expect(store.lastSequences()['lane-1']).toBeGreaterThan(last);
    expect(store.recentGaps(nowMs)).toHaveLength(2);
    expect(store.events.recent(['restored'], nowMs)).toHaveLength(1);
  });
});
