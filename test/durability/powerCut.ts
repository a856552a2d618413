import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Call } from './trace.ts';

/** What becomes of a write that was not flushed when the power goes: it is there, it is not, or its first sectors are. */
export type Fate = 'there' | 'gone' | 'torn';

type Change = { at: number; bytes: Buffer } | { to: number };
interface DiskFile {
  /** What is on the disk for sure: the first `length` of `bytes`, which has room to grow. */
  bytes: Buffer;
  length: number;
  /** What may be, in the order in which it was written. */
  pending: Change[];
}

const sectorBytes = 512;

const change = (file: DiskFile, made: Change): void => {
  const length = 'to' in made ? made.to : Math.max(file.length, made.at + made.bytes.length);
  if (length > file.bytes.length) {
    const grown = Buffer.alloc(length * 2);
    file.bytes.copy(grown, 0, 0, file.length);
    file.bytes = grown;
  }
  if (length < file.length) file.bytes.fill(0, length, file.length);
  if ('bytes' in made) made.bytes.copy(file.bytes, made.at);
  file.length = length;
};

/** What a fate leaves of a change; cutting a file short is metadata and is not torn. */
const left = (made: Change, fate: Fate): Change | null => {
  if (fate === 'there' || 'to' in made) return fate === 'gone' ? null : made;
  if (fate === 'gone' || made.bytes.length <= sectorBytes) return null;
  return { at: made.at, bytes: made.bytes.subarray(0, Math.floor(made.bytes.length / 2 / sectorBytes) * sectorBytes) };
};

/**
 * What lies on the disk when the power goes after the first `count` calls. Flushed writes are there; each other one meets
 * the fate that `choose` gives it, whatever becomes of those before and behind it. After a flush that failed, what it
 * should have flushed is never flushed again unless it is written again: that is how Linux treats it. Names are journalled
 * by the file system and are there in their order.
 */
export const afterPowerCut = (calls: readonly Call[], count: number, choose: () => Fate): Map<string, Buffer> => {
  const disk = new Map<string, DiskFile>();
  const fileOf = (name: string): DiskFile => {
    const found = disk.get(name) ?? { bytes: Buffer.alloc(0), length: 0, pending: [] };
    disk.set(name, found);
    return found;
  };
  const settle = (file: DiskFile, fates: () => Fate): void => {
    for (const made of file.pending) {
      const rest = left(made, fates());
      if (rest !== null) change(file, rest);
    }
    file.pending = [];
  };
  for (const call of calls.slice(0, count)) {
    if (call.do === 'create') fileOf(call.file);
    else if (call.do === 'write') fileOf(call.file).pending.push(call);
    else if (call.do === 'truncate') fileOf(call.file).pending.push({ to: call.to });
    else if (call.do === 'sync' && disk.has(call.file)) settle(fileOf(call.file), () => (call.isDone ? 'there' : choose()));
    else if (call.do === 'remove') disk.delete(call.file);
    else if (call.do === 'rename') {
      disk.set(call.to, fileOf(call.file));
      disk.delete(call.file);
    }
  }
  for (const file of disk.values()) settle(file, choose);
  return new Map([...disk].map(([name, { bytes, length }]) => [name, bytes.subarray(0, length)]));
};

/** What had been promised before: the last sequence that the writer said to be kept. */
export const promised = (calls: readonly Call[], count: number): number =>
  calls
    .slice(0, count)
    .reduce((last, call) => (call.do === 'said' && call.text.startsWith('kept ') ? Number(call.text.slice(5)) : last), 0);

/** Writes a disk into `folder`; what is in memory only (`-shm`) and the lock do not come back after a power cut. */
export const layOut = (disk: ReadonlyMap<string, Buffer>, folder: string): string => {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of disk)
    if (!/-shm$|\.lock|trace\.log$/.test(name)) writeFileSync(join(folder, basename(name)), bytes);
  return join(folder, 'records.sqlite');
};
