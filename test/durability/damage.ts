import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';

/** One way to damage a file of records, and what a person would call it. */
export type Damage = (file: string) => string;

const upTo = (most: number): number => Math.floor(Math.random() * most);
const pageBytes = 4096;

const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, () => upTo(256)));

const overwrite = (file: string, at: number, bytes: Buffer): void => {
  const content = readFileSync(file);
  bytes.copy(content, at, 0, Math.max(0, Math.min(bytes.length, content.length - at)));
  writeFileSync(file, content);
};

/** The ways of faults #44, each at random places. */
export const fileDamages: readonly Damage[] = [
  (file) => {
    overwrite(file, upTo(statSync(file).size), noise(1));
    return 'a byte';
  },
  (file) => {
    const page = upTo(Math.floor(statSync(file).size / pageBytes)) * pageBytes;
    for (let count = upTo(20); count >= 0; count--) overwrite(file, page + upTo(pageBytes), noise(1));
    return 'some bytes of a page';
  },
  (file) => {
    const pages = 1 + upTo(5);
    for (let page = 0; page < pages; page++)
      overwrite(file, upTo(Math.ceil(statSync(file).size / pageBytes)) * pageBytes, noise(pageBytes));
    return 'some pages';
  },
  (file) => {
    truncateSync(file, upTo(statSync(file).size));
    return 'cut short';
  },
  (file) => {
    overwrite(file, 0, Buffer.alloc(100));
    return 'no header';
  },
  (file) => {
    overwrite(file, upTo(statSync(file).size), Buffer.alloc(64 * 1024));
    return 'a hole of zeros';
  },
  (file) => {
    writeFileSync(file, noise(statSync(file).size));
    return 'nothing but noise';
  },
];

/** The ways of faults #45: the log and the shared memory, gone or garbage. `isLoss`: whether records were in it. */
export const logDamages: readonly { name: string; isLoss: boolean; damage(file: string): void }[] = [
  { name: 'no log', isLoss: true, damage: (file) => rmSync(`${file}-wal`) },
  { name: 'an empty log', isLoss: true, damage: (file) => writeFileSync(`${file}-wal`, '') },
  { name: 'a log of noise', isLoss: true, damage: (file) => writeFileSync(`${file}-wal`, noise(200_000)) },
  { name: 'noise in the log', isLoss: true, damage: (file) => overwrite(`${file}-wal`, 32 + upTo(20_000), noise(64)) },
  { name: 'no shared memory', isLoss: false, damage: (file) => rmSync(`${file}-shm`, { force: true }) },
  { name: 'shared memory of noise', isLoss: false, damage: (file) => writeFileSync(`${file}-shm`, noise(32_768)) },
  { name: 'neither log nor shared memory', isLoss: true, damage: removeBoth },
];

function removeBoth(file: string): void {
  for (const part of ['-wal', '-shm']) if (existsSync(file + part)) rmSync(file + part);
}
