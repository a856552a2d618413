import { closeSync, existsSync, openSync, readFileSync, readSync, writeSync, renameSync, fsyncSync } from 'node:fs';
import { type Database, pageBytes } from './database.ts';

/**
 * The pages that say where each table begins, kept beside the file as they change (with a new version only). A file whose
 * head was overwritten is opened with them, and its tables are still there.
 */
const copyOf = (file: string): string => `${file}.schema`;
const numberBytes = 4;
const rowBytes = numberBytes + pageBytes;
/**
 * Fields of the header on the first page that are of their time (SQLite file format §1.3): change counter, size, free
 * list. Zero for all and another number for what the size is valid for: SQLite then asks the file how long it is.
 */
const changingFields = [24, 28, 32, 36];
const sizeValidForField = 92;

/** Keeps a copy of the pages of `sqlite_schema`; the file has just been checkpointed. */
export const keepSchemaPages = (database: Database): void => {
  const numbers = database
    .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema' ORDER BY pageno")
    .pluck()
    .all();
  const copy = Buffer.alloc(numbers.length * rowBytes);
  const source = openSync(database.name, 'r');
  for (const [index, number] of numbers.entries()) {
    copy.writeUInt32BE(number, index * rowBytes);
    readSync(source, copy, index * rowBytes + numberBytes, pageBytes, (number - 1) * pageBytes);
    if (number !== 1) continue;
    for (const field of changingFields) copy.writeUInt32BE(0, index * rowBytes + numberBytes + field);
    copy.writeUInt32BE(1, index * rowBytes + numberBytes + sizeValidForField);
  }
  closeSync(source);
  const path = copyOf(database.name);
  if (existsSync(path) && readFileSync(path).equals(copy)) return;
  const target = openSync(`${path}.tmp`, 'w');
  writeSync(target, copy);
  fsyncSync(target);
  closeSync(target);
  renameSync(`${path}.tmp`, path);
};

/** Puts the kept pages of `file`'s schema into a damaged copy of it; `false` when none are kept. */
export const restoreSchemaPages = (file: string, damaged: string): boolean => {
  if (!existsSync(copyOf(file))) return false;
  const copy = readFileSync(copyOf(file));
  const target = existsSync(damaged) ? openSync(damaged, 'r+') : null;
  if (target === null) return false;
  for (let at = 0; at + rowBytes <= copy.length; at += rowBytes)
    writeSync(target, copy, at + numberBytes, pageBytes, (copy.readUInt32BE(at) - 1) * pageBytes);
  closeSync(target);
  return true;
};
