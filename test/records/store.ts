import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Logger, openLog } from '../../electron/base/log.ts';
import { factsSocket } from '../../electron/config/paths.ts';
import type { PartRecord } from '../../electron/contract/record.ts';
import type { Arrival } from '../../electron/records/store/keepRecords.ts';
import { openStore, type Store } from '../../electron/records/store/store.ts';

/** A folder that is gone after the test. */
export const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** Where `records` listens for the data folder `data` in `folder`; gone after the test. */
export const aFactsSocket = (folder: string): string => {
  const socket = factsSocket(join(folder, 'data'));
  onTestFinished(() => rmSync(dirname(socket), { recursive: true, force: true }));
  return socket;
};

/** A store on disk that is closed after the test. */
export const aStore = (options: Partial<Parameters<typeof openStore>[0]> = {}): Store => {
  const folder = aFolder();
  const store = openStore({
    ...{ file: join(folder, 'records.sqlite'), station: 'test', lanes: ['lane-1', 'lane-2'], isReporting: true },
    now: () => 0,
    ...options,
  });
  onTestFinished(() => store.close());
  return store;
};

/** Records as they come from `facts`. */
export const arrivals = (...records: PartRecord[]): Arrival[] => records.map((record) => ({ record }));

/** What a desk of job orders is told by a line that keeps up. */
export const aQuietLine = { wallMs: () => 0, isBehind: () => false, onOdd: () => undefined };

/** A log that says nothing. */
export const aLog = (): Logger => {
  const log = openLog('test');
  log.level = 'silent';
  return log;
};
