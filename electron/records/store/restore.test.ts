import { readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { losses, open, overwrite } from '../../../test/records/file.ts';
import { PersonError } from '../../base/errors.ts';
import { aRecord } from '../../../test/records/record.ts';
import { aFolder, arrivals } from '../../../test/records/store.ts';
import { lockStore } from './lock.ts';
import { openReader } from './reader.ts';
import { restoreRecords } from './restore.ts';
import type { Store } from './store.ts';

const nowMs = Date.UTC(2026, 10, 21);
const options = { nowMs, onProgress: () => undefined };
const last = 2_700_000;

const keep = (store: Store, from: number, to: number): void =>
  void store.keep(arrivals(...Array.from({ length: to - from + 1 }, (_, index) => aRecord({ sequence: from + index }))), 0);

/** A station that has recorded 1000 parts, and a backup of them; then it went on up to `last` and ended. */
const aBackup = async (): Promise<{ file: string; copy: string }> => {
  const folder = aFolder();
  const [file, copy] = [join(folder, 'records.sqlite'), join(folder, 'backup')];
  const store = open(file);
  keep(store, 1, 1000);
  const reader = openReader(file, 'test');
  await reader.backup(copy, { onProgress: () => undefined });
  reader.close();
  keep(store, last - 9, last);
  store.close();
  return { file, copy };
};

/** What a station does that is given the backup: no number twice, what is missing is told. */
const expectNoNumberTwice = (file: string): void => {
  const store = open(file);
  const { 'lane-1': from = 0 } = store.lastSequences();
  expect(from).toBeGreaterThanOrEqual(last);
  expect(store.totals().records).toBe(1000);
  expect(store.recentGaps(0)).toMatchObject([{ first: 1001, last: from, cause: 'damage' }]);
  expect(store.events.recent(['restored'], 0)).toHaveLength(1);
  keep(store, from + 1, from + 1);
  expect(store.reports.next(2000).at(-1)?.id).toBe(`test/lane-1/${from + 1}`);
  store.close();
  const again = open(file);
  expect([again.lastSequences()['lane-1'], again.events.recent(['restored'], 0).length]).toEqual([from + 1, 1]);
  again.close();
};

describe('a backup that is put back', () => {
  it('gives no number twice, says what is missing, and keeps what was there', async () => {
    const { file, copy } = await aBackup();
    const aside = await restoreRecords(copy, file, options);
    expectNoNumberTwice(file);
    const before = openReader(join(aside, basename(file)), 'test');
    expect(before.span({})).toBe(last);
    before.close();
  });

  it('does so on another computer, and in the place of what a crash has left', async () => {
    const { copy } = await aBackup();
    const elsewhere = join(aFolder(), 'data', 'records.sqlite');
    await restoreRecords(copy, elsewhere, options);
    expectNoNumberTwice(elsewhere);
    for (const part of ['', '-wal']) writeFileSync(elsewhere + part, 'what a crash has left');
    writeFileSync(`${elsewhere}.open`, '');
    await restoreRecords(copy, elsewhere, { ...options, nowMs: nowMs + 1 });
    const store = open(elsewhere);
    expect([store.totals().records, losses(store)]).toEqual([1000, []]);
    store.close();
  });

  it.each<[string, (copy: string) => void]>([
    ['no backup at all', (copy) => writeFileSync(copy, 'a shopping list')],
    ['empty', (copy) => writeFileSync(copy, '')],
    ['damaged', (copy) => overwrite(copy, 8192, 12_288)],
  ])('is refused when it is %s, and the records stay as they were', async (_what, spoil) => {
    const { file, copy } = await aBackup();
    spoil(copy);
    await expect(restoreRecords(copy, file, options)).rejects.toThrow(PersonError);
    expect(readdirSync(dirname(file)).filter((name) => name.includes('unfinished'))).toEqual([]);
    const store = open(file);
    expect([store.lastSequences()['lane-1'], losses(store)]).toEqual([last, []]);
    store.close();
  });

  it('is refused while the station runs', async () => {
    const { file, copy } = await aBackup();
    const lock = lockStore(file);
    await expect(restoreRecords(copy, file, options)).rejects.toThrow('Another Linegate already keeps its records');
    lock.release();
  });
});
