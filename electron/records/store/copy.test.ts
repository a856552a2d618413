import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PersonError } from '../../base/errors.ts';
import { aRecord } from '../../../test/records/record.ts';
import { aFolder, aStore, arrivals } from '../../../test/records/store.ts';
import { type CopyOptions, requireRoom } from './copy.ts';
import { openReader, type Reader } from './reader.ts';
import type { Store } from './store.ts';

const options: CopyOptions = { onProgress: () => undefined };

const reading = (file: string): Reader => {
  const reader = openReader(file, 'test');
  onTestFinished(() => reader.close());
  return reader;
};
const keep = (store: Store, from: number, to: number): void =>
  void store.keep(arrivals(...Array.from({ length: to - from + 1 }, (_, index) => aRecord({ sequence: from + index }))), 0);
const sequencesIn = (file: string): number[] =>
  [...reading(file).select({})].flatMap(({ records }) => records.map(({ sequence }) => sequence));

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
