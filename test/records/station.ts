import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { monoMs, wallMs } from '../../electron/base/clock.ts';
import type { Caller } from '../../electron/contract/roles.ts';
import { openArchive } from '../../electron/records/archive/archive.ts';
import { openBoard } from '../../electron/records/status/board.ts';
import { aFolder, aLog, aStore } from './store.ts';
import { openDoor } from '../../electron/records/api/door.ts';
import { faultOf } from '../../electron/records/store/fault.ts';
import { picturesQuotaOf } from '../../electron/records/store/quota.ts';
import { openPreviews } from '../../electron/records/api/previews.ts';
import { serveApi } from '../../electron/records/api/server.ts';

/** The API on a free port over a real store, archive and board; a screen of two files when `isBuilt`, or that in the folder `built`. */
export const aStation = async (isBuilt = true, localRole: Caller['role'] = 'viewer', built?: string) => {
  const folder = aFolder();
  const log = aLog();
  const store = aStore();
  const archive = openArchive({
    ...{ station: 'test', folder: join(folder, 'pictures'), index: store.pictures, startedMs: 0, log },
    disk: { recordsFile: join(folder, 'records.sqlite'), quotaOf: picturesQuotaOf, faultOf },
  });
  const previews = openPreviews();
  const board = openBoard({
    ...{ station: 'test', delivery: 'call', wallMs, monoMs },
    ...{
      totals: store.totals,
      job: store.jobs.current,
      recentGaps: store.recentGaps,
      storeFault: () => null,
      picturesLost: archive.lost,
    },
    ...{ isListening: () => true, incidents: () => [], onRaised: () => undefined },
  });
  const screen = join(folder, 'renderer');
  writeFileSync(join(folder, 'secret.txt'), 'not for you');
  if (isBuilt) {
    mkdirSync(join(screen, 'assets'), { recursive: true });
    writeFileSync(join(screen, 'index.html'), '<title>Screen</title>');
    writeFileSync(join(screen, 'assets', 'main-1a2b.js'), 'run();');
  }
  const door = openDoor(board, store, wallMs, {
    report: () => undefined,
    resetInterlocks: () => false,
    keepLossless: () => false,
    startAgain: () => undefined,
  });
  const api = await serveApi({
    ...{ host: '127.0.0.1', port: 0, localRole, lanes: ['lane-1', 'lane-2'], log },
    ...{ door, pictures: archive, previews, screen: built ?? screen },
  });
  onTestFinished(async () => {
    board.close();
    await archive.close();
    await api.close();
  });
  return { url: api.url, wsUrl: api.url.replace('http', 'ws'), store, archive, board, previews };
};
