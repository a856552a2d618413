import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PersonError } from '../../base/errors.ts';
import { aRecord } from '../../../test/records/record.ts';
import { isRecentEnough, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { holdStore } from './holder.ts';
import { openStore } from './store.ts';
import { aFolder, aStore, arrivals } from '../../../test/records/store.ts';

describe('the SQLite version', () => {
  it('must be 3.51.3 or newer', () => {
    expect(['3.51.3', '3.51.10', '3.54.1', '4.0.0'].map((text) => isRecentEnough(text))).toEqual([true, true, true, true]);
    expect(['3.51.2', '3.50.4', '3.9.9', '2.99.99'].map((text) => isRecentEnough(text))).toEqual([false, false, false, false]);
  });
});

describe('the file', () => {
  const options = (file: string) => ({ file, station: 'test', lanes: ['lane-1'], isReporting: true, now: () => 0 });

  it('has one owner: the second is refused while the first has it (faults #50)', () => {
    const file = join(aFolder(), 'records.sqlite');
    const first = holdStore({ ...options(file), onFault: () => undefined });
    expect(() => holdStore({ ...options(file), onFault: () => undefined })).toThrow(PersonError);
    first.close();
    holdStore({ ...options(file), onFault: () => undefined }).close();
  });

  it('keeps its records over a restart, and commits durably', () => {
    const file = join(aFolder(), 'records.sqlite');
    const first = openStore(options(file));
    first.keep(arrivals(aRecord({ sequence: 1 }), aRecord({ sequence: 2 })), 0);
    first.close();
    const database = openDatabase(file);
    expect([database.pragma('journal_mode', { simple: true }), database.pragma('synchronous', { simple: true })]).toEqual([
      'wal',
      2,
    ]);
    database.close();
    const second = openStore(options(file));
    expect(second.lastSequences()).toEqual({ 'lane-1': 2 });
    second.close();
  });

  it('of a newer program is refused', () => {
    const file = join(aFolder(), 'records.sqlite');
    openStore(options(file)).close();
    const database = openDatabase(file);
    database.pragma('user_version = 99');
    database.close();
    expect(() => openStore(options(file))).toThrow(/newer version/);
  });

  it('does not grow beyond its quota; the batch that does not fit is not kept', () => {
    const store = aStore({ mostBytes: 256 * 1024 });
    let sequence = 0;
    const fill = (): void => {
      for (; sequence < 20_000; sequence += 50)
        store.keep(arrivals(...Array.from({ length: 50 }, (_, index) => aRecord({ sequence: sequence + index + 1 }))), 0);
    };
    expect(fill).toThrow(/full/);
    expect(store.lastSequences()['lane-1']).toBe(sequence);
    expect(store.part({ lane: 'lane-1', sequence })).not.toBeNull();
  });
});

describe('migrate', () => {
  it('does each step once, and a step whole or not at all', () => {
    const database = openDatabase(join(aFolder(), 'some.sqlite'));
    const a = { number: 1, sql: 'CREATE TABLE a (x)' };
    const b = { number: 3, sql: 'CREATE TABLE b (x)' };
    migrate(database, [a]);
    expect(() => migrate(database, [a, { ...b, sql: `${b.sql}; nonsense` }])).toThrow(/syntax error/);
    expect(database.pragma('user_version', { simple: true })).toBe(1);
    migrate(database, [a, b]);
    expect(database.pragma('user_version', { simple: true })).toBe(3);
    expect(database.prepare('SELECT name FROM sqlite_schema ORDER BY name').pluck().all()).toEqual(['a', 'b']);
    database.close();
  });
});
