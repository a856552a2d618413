import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFile } from '../../electron/records/store/database.ts';
import { openStore } from '../../electron/records/store/store.ts';

/** What is in a file of records when it is opened as the process opens it. */
export interface Found {
  /** Acknowledged sequences that are not there. */
  missing: number;
  /** Of those, the ones that no gap tells of. */
  untold: number;
  /** Whether SQLite's full check is content with what lies there afterwards. */
  isWhole: boolean;
  /** Losses that are on record. */
  losses: number;
  openMs: number;
}

/** Where files that are opened a thousand times should lie: in memory, where there is such a place. */
export const scratch = (): string => mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'linegate-inspect-'));

/** Opens `file` twice (the second time nothing may be left to mend) and looks for 1 … `acknowledged`. */
export const inspect = (file: string, acknowledged: number): Found => {
  const startMs = performance.now();
  const store = open(file);
  const openMs = performance.now() - startMs;
  while (store.salvage());
  const next = (store.lastSequences()['lane-1'] ?? 0) + 1;
  store.close();
  const again = open(file);
  const losses = again.events.recent(['damaged', 'log-lost'], 0).length;
  again.close();
  const database = openFile(file, 0);
  const there = Number(database.prepare('SELECT count(*) FROM records WHERE sequence <= ?').pluck().get(acknowledged));
  const untold = Number(database.prepare(untoldSequences).pluck().get(acknowledged));
  const isWhole = database.pragma('integrity_check(1)', { simple: true }) === 'ok';
  database.close();
  return { missing: acknowledged - there, untold, isWhole: isWhole && next > acknowledged, losses, openMs };
};

const untoldSequences = `
  WITH RECURSIVE given(sequence) AS (VALUES (1) UNION ALL SELECT sequence + 1 FROM given WHERE sequence < ?)
  SELECT count(*) FROM given WHERE NOT EXISTS (SELECT 1 FROM records r WHERE r.sequence = given.sequence)
    AND NOT EXISTS (SELECT 1 FROM gaps WHERE given.sequence BETWEEN first AND last)`;

const open = (file: string) =>
  openStore({ file, station: 'test', lanes: ['lane-1'], isReporting: true, now: () => Date.UTC(2026, 10, 21) });

/** Removes a folder of copies. */
export const forget = (folder: string): void => rmSync(folder, { recursive: true, force: true });
