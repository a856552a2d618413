import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../electron/records/store/store.ts';
import { aRecord } from '../records/record.ts';

const parts = ['', '-wal', '-shm', '.open', '.numbers', '.schema'];

/** Files of records to damage: one that was closed, and one as a kill leaves it, its last records in the log. */
export interface Templates {
  closed: string;
  cut: string;
  /** Records in each. */
  count: number;
}

/** Copies `file` and all that belongs to it. */
export const copyStore = (file: string, to: string): void => {
  for (const part of parts) if (existsSync(file + part)) copyFileSync(file + part, to + part);
};

/** Makes both in `folder`, with `count` records each. */
export const makeTemplates = (folder: string, count: number): Templates => {
  const file = join(folder, 'records.sqlite');
  const store = openStore({ file, station: 'test', lanes: ['lane-1'], isReporting: true, now: () => 0 });
  for (let sequence = 1; sequence <= count; sequence += 20)
    store.keep(
      Array.from({ length: 20 }, (_, index) => ({ record: aRecord({ sequence: sequence + index }) })),
      0,
    );
  const [cut, closed] = ['cut', 'closed'].map((name) => {
    mkdirSync(join(folder, name));
    return join(folder, name, 'records.sqlite');
  });
  if (cut === undefined || closed === undefined) throw new Error('two templates');
  copyStore(file, cut);
  store.close();
  copyStore(file, closed);
  return { closed, cut, count };
};
