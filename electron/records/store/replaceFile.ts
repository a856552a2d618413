import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const withFile = (path: string, flags: 'r' | 'w', use: (open: number) => void): void => {
  const open = openSync(path, flags);
  try {
    use(open);
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
};

/** Waits until a file, or the names in a folder, are on the disk. */
export const flush = (path: string): void => withFile(path, 'r', () => undefined);

/** Puts `content` in the place of the file at `path`: whole or not at all, and on the disk when it returns. */
export const replaceFile = (path: string, content: string | Buffer): void => {
  const bytes = Buffer.from(content);
  withFile(`${path}.tmp`, 'w', (open) => {
    for (let at = 0; at < bytes.length; ) at += writeSync(open, bytes, at);
  });
  renameSync(`${path}.tmp`, path);
  // The new name is in the folder, which is a file of its own.
  flush(dirname(path));
};
