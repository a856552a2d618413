import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type Store, type StoreOptions } from '../../electron/records/store/store.ts';
import { aRecord } from './record.ts';
import { aFolder, arrivals } from './store.ts';

/** Records in a file that {@link aFile} makes. */
export const many = 3000;

/** A file with many records, left as a kill leaves it: `-wal` and mark are there when `isCut`. */
export const aFile = ({ isCut = false } = {}): string => {
  const file = join(aFolder(), 'records.sqlite');
  const store = open(file);
  for (let sequence = 0; sequence < many; sequence += 100)
    store.keep(arrivals(...Array.from({ length: 100 }, (_, index) => aRecord({ sequence: sequence + index + 1 }))), 0);
  if (!isCut) {
    store.close();
    return file;
  }
  const left = ['', '-wal', '.open', '.numbers', '.schema'].map((part) => [part, readFileSync(file + part)] as const);
  store.close();
  for (const [part, bytes] of left) writeFileSync(file + part, bytes);
  return file;
};

/** Opens `file` as the station `test` with `lane-1` does, or as `how` says. */
export const open = (file: string, how: Partial<StoreOptions> = {}): Store =>
  openStore({ file, station: 'test', lanes: ['lane-1'], isReporting: true, now: () => Date.UTC(2026, 10, 21), ...how });

/** Opens what is left of `file`, and copies all that can be copied. */
export const reopened = (file: string, how: Partial<StoreOptions> = {}): Store => {
  const store = open(file, how);
  while (store.salvage());
  onTestFinished(() => store.close());
  return store;
};

/** Kinds of what was lost lately. */
export const losses = (store: Store): string[] => store.events.recent(['damaged', 'log-lost'], 0).map(({ kind }) => kind);

/** Overwrites the bytes of `file` from `from` until before `to`. */
export const overwrite = (file: string, from: number, to: number): void =>
  writeFileSync(file, readFileSync(file).fill(0x5a, from, to));
