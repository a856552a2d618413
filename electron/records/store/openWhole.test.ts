import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inspect } from '../../../test/durability/inspect.ts';
import { aRecord } from '../../../test/records/record.ts';
import { aFile, losses, many, open, overwrite, reopened } from '../../../test/records/file.ts';
import { aFolder, arrivals } from '../../../test/records/store.ts';
import { newAside, setAside } from './aside.ts';
import { openDatabase } from './database.ts';
import { DamagedError } from './fault.ts';
import { holdStore } from './holder.ts';

describe('a file of records', () => {
  it('that is whole loses nothing and says nothing, closed or cut off', () => {
    for (const isCut of [false, true]) {
      const store = reopened(aFile({ isCut }));
      expect(store.totals()).toMatchObject({ records: many, unreported: many });
      expect([losses(store), store.recentGaps(0)]).toEqual([[], []]);
    }
  });

  it('with bad pages is set aside and all but what was on them taken over; what is missing is a gap', () => {
    const file = aFile();
    // The records fill most of the file, so some of the pages in its middle are theirs.
    const middle = Math.floor(statSync(file).size / 8192) * 4096;
    overwrite(file, middle, middle + 10 * 4096);
    const store = reopened(file);
    expect(losses(store)).toEqual(['damaged']);
    const { records } = store.totals();
    expect(records).toBeGreaterThan(many / 2);
    expect(records).toBeLessThan(many);
    const lost = store.recentGaps(0).reduce((sum, { first, last }) => sum + Math.max(0, Math.min(many, last) - first + 1), 0);
    expect(records + lost).toBe(many);
    expect(existsSync(join(file, '..', 'damaged'))).toBe(true);
  });

  it.each<[string, (file: string) => void]>([
    ['whose header is zero', (file) => writeFileSync(file, readFileSync(file).fill(0, 0, 100))],
    ['whose first page is overwritten', (file) => overwrite(file, 0, 4096)],
  ])('%s is read with the schema that was kept', (_what, damage) => {
    const file = aFile();
    damage(file);
    const store = reopened(file);
    expect(store.totals()).toMatchObject({ records: many, unreported: many });
    expect(losses(store)).toEqual(['damaged']);
  });

  it.each<[string, (file: string) => void]>([
    ['cut in half', (file) => truncateSync(file, Math.floor(readFileSync(file).length / 2))],
    ['emptied', (file) => truncateSync(file, 0)],
    ['that is another thing altogether', (file) => writeFileSync(file, 'no database at all, but longer than nothing')],
    ['gone', (file) => rmSync(file)],
  ])('%s is replaced, and no number is given twice', (_what, damage) => {
    const file = aFile();
    damage(file);
    const store = reopened(file);
    expect(losses(store)).toEqual(['damaged']);
    expect(store.lastSequences()['lane-1']).toBeGreaterThanOrEqual(many);
    expect(store.recentGaps(0)).toContainEqual(expect.objectContaining({ cause: 'damage' }));
    const next = (store.lastSequences()['lane-1'] ?? 0) + 1;
    expect(store.keep(arrivals(aRecord({ sequence: next })), 0).records).toBe(1);
  });

  it.each<[string, (file: string) => void]>([
    ['removed', (file) => rmSync(`${file}-wal`)],
    ['garbage', (file) => writeFileSync(`${file}-wal`, 'garbage'.repeat(1000))],
    ['damaged in the middle', (file) => overwrite(`${file}-wal`, 32 + 24 + 100, 32 + 24 + 200)],
  ])('whose log was %s opens and says that something is lost', (_what, damage) => {
    const file = aFile({ isCut: true });
    damage(file);
    const store = reopened(file);
    expect(losses(store)).toEqual(['log-lost']);
    expect(store.lastSequences()['lane-1']).toBeGreaterThanOrEqual(many);
  });

  it('whose shared memory is garbage opens as if nothing were', () => {
    const file = aFile({ isCut: true });
    writeFileSync(`${file}-shm`, 'garbage'.repeat(5000));
    const store = reopened(file);
    expect(store.totals().records).toBe(many);
    expect(losses(store)).toEqual([]);
  });

  it('goes on with its salvage where it was cut off, and keeps new records meanwhile', () => {
    const file = aFile();
    overwrite(file, 40 * 4096, 41 * 4096);
    const first = open(file);
    first.salvage();
    const next = (first.lastSequences()['lane-1'] ?? 0) + 1;
    first.keep(arrivals(aRecord({ sequence: next })), 0);
    first.close();
    const store = reopened(file);
    expect(store.totals().records).toBeGreaterThan(many / 2);
    expect(store.part({ lane: 'lane-1', sequence: next })).not.toBeNull();
    expect(losses(store)).toEqual(['damaged']);
    store.close();
    const once = reopened(file);
    expect(once.salvage()).toBe(false);
    expect(readdirSync(join(file, '..', 'damaged'))).toHaveLength(1);
  });

  it('that is emptied gives no number twice with the numbers that an older version has put by', () => {
    const file = aFile();
    writeFileSync(`${file}.numbers`, JSON.stringify({ 'lane-1': 5_000_000 }));
    truncateSync(file, 0);
    const store = reopened(file);
    expect([losses(store), store.lastSequences()]).toEqual([['damaged'], { 'lane-1': 5_000_000 }]);
    expect(JSON.parse(readFileSync(`${file}.numbers`, 'utf8'))).toEqual({ 'lane-1': { id: 1, upTo: 7_000_000 } });
  });

  it('is taken over whole also where nothing tells any more how far its lanes had come', () => {
    const file = aFile();
    const database = openDatabase(file);
    database.exec('UPDATE lanes SET last_sequence = 0');
    database.close();
    rmSync(`${file}.numbers`);
    const store = reopened(file, { damage: 'found by a check' });
    expect(store.parts({ lane: 'lane-1', limit: 1 }).parts[0]?.sequence).toBe(many);
  });

  it('with bytes changed anywhere opens, and each of its records is there or in a gap', { timeout: 60_000 }, () => {
    const whole = aFile();
    const bytes = readFileSync(whole);
    const place = fc.nat(bytes.length / 4096 - 1);
    const changes = fc.array(fc.tuple(fc.nat(4095), fc.nat(255)), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(place, changes, (page, changed) => {
        const file = join(aFolder(), 'records.sqlite');
        for (const part of ['.numbers', '.schema']) copyFileSync(whole + part, file + part);
        const damaged = Buffer.from(bytes);
        for (const [at, byte] of changed) damaged[page * 4096 + at] = byte;
        writeFileSync(file, damaged);
        const store = open(file);
        while (store.salvage());
        const lost = losses(store).length;
        store.close();
        const { untold, missing, isWhole } = inspect(file, many);
        expect([untold, isWhole, missing > 0 && lost === 0]).toEqual([0, true, false]);
      }),
      { numRuns: 40 },
    );
  });

  it('that a check found to be damaged is set aside though it opens, and all of it taken over', async () => {
    const file = aFile();
    const holder = holdStore({
      ...{ file, station: 'test', lanes: ['lane-1'], isReporting: true, now: () => 0, onFault: () => undefined },
    });
    onTestFinished(() => holder.close());
    holder.reopen(new DamagedError('row 7 missing from index'));
    while (!holder.isOpen()) await new Promise((resolve) => setImmediate(resolve));
    while (holder.use((store) => store.salvage()));
    expect(holder.use(({ totals }) => totals()).records).toBe(many);
    expect(holder.use(losses)).toEqual(['damaged']);
  });

  it('that was set aside by a start that was cut off there is taken over by the next one', () => {
    const file = aFile();
    const aside = newAside(file, 0);
    writeFileSync(`${file}.open`, JSON.stringify({ kind: 'damaged', what: 'It was damaged.', aside }));
    setAside(file, aside);
    const store = reopened(file);
    expect(store.totals()).toMatchObject({ records: many, unreported: many });
    expect([losses(store), readdirSync(join(file, '..', 'damaged'))]).toEqual([['damaged'], [aside]]);
  });

  it('that is damaged on a full disk is set aside once, however often it is tried again', () => {
    const file = aFile();
    for (let time = 0; time < 3; time++)
      expect(() => open(file, { damage: 'found by a check', mostBytes: 8 * 4096 })).toThrow(/full/);
    const store = reopened(file, { damage: 'found by a check' });
    expect(store.totals().records).toBe(many);
    expect(readdirSync(join(file, '..', 'damaged'))).toHaveLength(1);
  });

  it('keeps its log though another program looks into it', () => {
    const file = aFile();
    const store = reopened(file);
    const log = statSync(`${file}-wal`).ino;
    const look = `import { openFile } from '${new URL('database.ts', import.meta.url).href}';
      const database = openFile(process.argv[1], 0);
      database.prepare('SELECT count(*) FROM records').get();
      database.close();`;
    execFileSync(process.execPath, ['--input-type=module', '-e', look, file]);
    store.keep(arrivals(aRecord({ sequence: many + 1 })), 0);
    expect(statSync(`${file}-wal`).ino).toBe(log);
  });

  it('that is damaged again and again keeps the newest few that were set aside', () => {
    const file = aFile();
    for (let time = 0; time < 6; time++) {
      overwrite(file, 4096, 3 * 4096);
      const store = open(file);
      while (store.salvage());
      store.close();
    }
    expect(readdirSync(join(file, '..', 'damaged')).length).toBeLessThanOrEqual(4);
    const database = openDatabase(file);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  });
});
