import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PersonError } from '../../base/errors.ts';
import type { PartRecord } from '../../contract/record.ts';
import { aRecord } from '../../../test/records/record.ts';
import { aFolder, aStore, arrivals } from '../../../test/records/store.ts';
import { openReader, type Reader, type Selection } from './reader.ts';

const aFilledFile = () => {
  const folder = aFolder();
  const file = join(folder, 'records.sqlite');
  const store = aStore({ file });
  const some = (lane: string) => (_: unknown, index: number) =>
    aRecord({ lane, sequence: index + 1, verdict: index % 10 === 9 ? 'nok' : 'ok' });
  const records = [...Array.from({ length: 4500 }, some('lane-1')), ...Array.from({ length: 10 }, some('lane-2'))];
  store.keep(arrivals(...records), 0);
  return { folder, file, store, records };
};
const reading = (file: string): Reader => {
  const reader = openReader(file, 'test');
  onTestFinished(() => reader.close());
  return reader;
};
const all = (reader: Reader, selection: Selection): PartRecord[] =>
  [...reader.select(selection)].flatMap(({ records }) => records);

describe('a reader beside the writer', () => {
  it('gives all records of a moment in order, and tells how far it is', () => {
    const { file, store, records } = aFilledFile();
    const reader = reading(file);
    const pieces = reader.select({});
    const found: PartRecord[] = [];
    let far = 0;
    for (const piece of pieces) {
      store.keep(arrivals(aRecord({ sequence: 4501 + found.length })), 0);
      found.push(...piece.records);
      far = piece.done;
    }
    expect(found).toEqual(records);
    expect(far).toBe(reader.span({}));
  });

  it('gives those that are asked for', () => {
    const { file, records } = aFilledFile();
    const reader = reading(file);
    const asked = { lane: 'lane-1', verdicts: ['nok'], fromMs: records[100]?.decidedAtMs, toMs: records[200]?.decidedAtMs };
    expect(all(reader, asked)).toEqual(records.slice(100, 200).filter(({ verdict }) => verdict === 'nok'));
    expect(all(reader, { lane: 'nobody' })).toEqual([]);
    expect(all(reader, { model: 'another' })).toEqual([]);
  });

  it('copies the file while it is written, whole', async () => {
    const { folder, file, store, records } = aFilledFile();
    const seen: number[] = [];
    const copy = join(folder, 'copy.sqlite');
    const copying = reading(file).backup(copy, (done) => seen.push(done));
    store.keep(arrivals(aRecord({ sequence: 4501 })), 0);
    await copying;
    expect(seen.length).toBeGreaterThan(0);
    expect(all(reading(copy), {})).toEqual(records);
  });

  it('says that there is nothing where nothing is', () => {
    expect(() => openReader(join(aFolder(), 'none.sqlite'), 'test')).toThrow(PersonError);
  });
});
