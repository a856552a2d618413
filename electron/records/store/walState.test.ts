import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFile } from './database.ts';
import { readWalState, walState as stateOf, type WalState } from './walState.ts';

const pageBytes = 4096;
const frameBytes = 24 + pageBytes;
const walState = (wal: Uint8Array): WalState =>
  stateOf({ bytes: wal.length, read: (at, length) => wal.subarray(at, at + length) });

/** A log as SQLite writes it, of ten transactions; and where its last one begins. */
const aLog = (): { wal: Buffer; last: number } => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-'));
  const file = join(folder, 'some.sqlite');
  const database = openFile(file, 0);
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE t (x)');
  for (let turn = 0; turn < 8; turn++) database.exec(`INSERT INTO t VALUES (randomblob(${pageBytes}))`);
  const last = readFileSync(`${file}-wal`).length;
  database.exec('INSERT INTO t VALUES (1)');
  const wal = readFileSync(`${file}-wal`);
  database.close();
  rmSync(folder, { recursive: true });
  return { wal, last };
};

describe('a write-ahead log', () => {
  const { wal, last } = aLog();
  const flipped = (at: number): Buffer => {
    const copy = Buffer.from(wal);
    copy[at] = (copy[at] ?? 0) ^ 0x10;
    return copy;
  };

  it('that SQLite wrote is whole, cut short at any frame too', () => {
    expect(walState(wal)).toBe('whole');
    for (let end = 32; end <= wal.length; end += frameBytes) expect(walState(wal.subarray(0, end))).toBe('whole');
  });

  it('that is torn in its last transaction is whole: nobody was promised that one', () => {
    fc.assert(fc.property(fc.integer({ min: last + 24, max: wal.length - 1 }), (at) => walState(flipped(at)) === 'whole'));
  });

  it('with a wrong bit in a page further up has lost what comes behind it', () => {
    const before = (frame: number): number => 32 + frame * frameBytes;
    const frames = Math.floor((last - 32) / frameBytes) - 3;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: frames }), fc.integer({ min: 24, max: frameBytes - 1 }), (frame, offset) => {
        expect(walState(flipped(before(frame) + offset))).toBe('damaged');
      }),
    );
  });

  it('whose header is none, or that is empty, is damaged', () => {
    expect(walState(new Uint8Array())).toBe('damaged');
    expect(walState(flipped(0))).toBe('damaged');
    expect(walState(flipped(17))).toBe('damaged');
  });

  it('is read from its file in pieces, however long it is', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'linegate-')), 'some-wal');
    onTestFinished(() => rmSync(dirname(file), { recursive: true }));
    writeFileSync(file, wal);
    truncateSync(file, 2 ** 24);
    expect(readWalState(file)).toBe('whole');
    writeFileSync(file, flipped(32 + 24));
    expect(readWalState(file)).toBe('damaged');
  });
});
