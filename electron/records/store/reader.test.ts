import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PersonError } from '../../base/errors.ts';
import type { PartRecord } from '../../contract/record.ts';
import { aRecord } from '../../../test/records/record.ts';
import { aFolder, aStore, arrivals } from '../../../test/records/store.ts';
import { checkpoint, openFile } from './database.ts';
import { openReader, type Reader, type Selection } from './reader.ts';

const aFilledFile = () => {
  const file = join(aFolder(), 'records.sqlite');
  const store = aStore({ file });
  const some = (lane: string) => (_: unknown, index: number) =>
    aRecord({ lane, sequence: index + 1, verdict: index % 10 === 9 ? 'nok' : 'ok' });
  const records = [...Array.from({ length: 4500 }, some('lane-1')), ...Array.from({ length: 10 }, some('lane-2'))];
  store.keep(arrivals(...records), 0);
  return { file, store, records };
};
const reading = (file: string): Reader => {
  const reader = openReader(file, 'test');
  onTestFinished(() => reader.close());
  return reader;
};
const all = (reader: Reader, selection: Selection): PartRecord[] =>
  [...reader.select(selection)].flatMap(({ records }) => records);

type Pieces = ReturnType<Reader['select']>;
const nextOf = (pieces: Pieces): PartRecord[] => (pieces.next().value as { records: PartRecord[] } | undefined)?.records ?? [];

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

  it('holds nothing of the file between two pieces: the station can empty its log', () => {
    const { file, store } = aFilledFile();
    const pieces = reading(file).select({});
    nextOf(pieces);
    store.keep(arrivals(aRecord({ sequence: 4501 })), 0);
    const other = openFile(file, 0);
    onTestFinished(() => void other.close());
    expect(checkpoint(other)).toBe(true);
    expect(nextOf(pieces)).toHaveLength(2000);
  });

  it('leaves out what has left by the keeping rule meanwhile, and comes to its end', () => {
    const { file, records } = aFilledFile();
    const reader = reading(file);
    const pieces = reader.select({});
    const found = nextOf(pieces);
    const other = openFile(file, 0);
    other.exec("DELETE FROM records WHERE verdict = 'ok' AND sequence <= 4000");
    other.close();
    let far = 0;
    for (const { records: more, done } of pieces) {
      found.push(...more);
      far = done;
    }
    const [before, behind] = [records.slice(0, 2000), records.slice(2000)];
    const left = behind.filter(({ verdict, lane, sequence }) => verdict === 'nok' || (lane === 'lane-1' && sequence > 4000));
    expect(found).toEqual([...before, ...left]);
    expect(far).toBe(reader.span({}));
  });

  it('says that there is nothing where nothing is', () => {
    expect(() => openReader(join(aFolder(), 'none.sqlite'), 'test')).toThrow(PersonError);
  });
});
