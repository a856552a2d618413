import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { type Database, pageBytes } from './database.ts';
import { replaceFile } from './replaceFile.ts';

/**
 * The pages that say where each table begins, kept beside the file as they change (with a new version only). A file whose
 * head was overwritten is opened with them, and its tables are still there.
 */
const copyOf = (file: string): string => `${file}.schema`;
const numberBytes = 4;
const rowBytes = numberBytes + pageBytes;
/** Behind the pages: their checksum. */
const sumBytes = 32;
/**
 * Fields of the header on the first page that are of their time (SQLite file format §1.3): change counter, size, free
 * list. Zero for all and another number for what the size is valid for: SQLite then asks the file how long it is.
 */
const changingFields = [24, 28, 32, 36];
const sizeValidForField = 92;

/**
 * Reads a page by a program of its own: a process that closes any descriptor of a file loses all its locks on it
 * (fcntl(2)), also SQLite's, and the next who looks into the file would take our log away.
 */
const readPage = (file: string, number: number): Buffer =>
  execFileSync('dd', [`if=${file}`, `bs=${pageBytes}`, `skip=${number - 1}`, 'count=1', 'status=none']);

/** Keeps a copy of the pages of `sqlite_schema`; the file has just been checkpointed. */
export const keepSchemaPages = (database: Database): void => {
  const numbers = database
    .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema' ORDER BY pageno")
    .pluck()
    .all();
  const tables = database.prepare('SELECT rootpage, sql FROM sqlite_schema ORDER BY rowid').raw().all();
  /** Tells a copy that is whole and of these tables. */
  const sumOf = (pages: Uint8Array): Buffer =>
    createHash('sha256')
      .update(JSON.stringify([numbers, tables]))
      .update(pages)
      .digest();
  const path = copyOf(database.name);
  const kept = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  if (kept.subarray(-sumBytes).equals(sumOf(kept.subarray(0, -sumBytes)))) return;
  const pages = copyPages(database.name, numbers);
  replaceFile(path, Buffer.concat([pages, sumOf(pages)]));
};

/** Pages of `file`, each behind its number. */
const copyPages = (file: string, numbers: readonly number[]): Buffer => {
  const copy = Buffer.alloc(numbers.length * rowBytes);
  for (const [index, number] of numbers.entries()) {
    copy.writeUInt32BE(number, index * rowBytes);
    readPage(file, number).copy(copy, index * rowBytes + numberBytes);
    if (number !== 1) continue;
    for (const field of changingFields) copy.writeUInt32BE(0, index * rowBytes + numberBytes + field);
    copy.writeUInt32BE(1, index * rowBytes + numberBytes + sizeValidForField);
  }
  return copy;
};

/** Puts the kept pages of `file`'s schema into a damaged copy of it; `false` when none are kept. */
export const restoreSchemaPages = (file: string, damaged: string): boolean => {
  if (!existsSync(copyOf(file)) || !existsSync(damaged)) return false;
  const copy = readFileSync(copyOf(file));
  const target = openSync(damaged, 'r+');
  try {
    for (let at = 0; at + rowBytes <= copy.length; at += rowBytes)
      writeSync(target, copy, at + numberBytes, pageBytes, (copy.readUInt32BE(at) - 1) * pageBytes);
  } finally {
    closeSync(target);
  }
  return true;
};
