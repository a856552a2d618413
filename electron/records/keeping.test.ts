import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { monoMs, wallMs } from '../base/clock.ts';
import { loadStation } from '../config/load.ts';
import { databaseFile } from '../config/paths.ts';
import { aStationFile } from '../../test/records/stationFile.ts';
import { aFactsSocket, aLog } from '../../test/records/store.ts';
import { openPreviews } from './api/previews.ts';
import { openKeeping } from './keeping.ts';
import { openBoard } from './status/board.ts';
import { holdStore, type StoreHolder } from './store/holder.ts';
import { keptStore } from './store/keptStore.ts';
import { noTotals } from './store/totals.ts';

/** All that keeps records, over a store that can be shut as a disk shuts it. */
const openAll = async () => {
  const { folder, file: stationFile } = aStationFile();
  aFactsSocket(folder);
  const station = loadStation(stationFile);
  const file = databaseFile(station.dataDir);
  const options = { file, station: 'test', lanes: ['lane-1'], isReporting: false, now: wallMs };
  const kept = holdStore({ ...options, onFault: () => undefined });
  let isShut = false;
  const use: StoreHolder['use'] = (what) => {
    if (isShut) throw new Error('the records are not open');
    return kept.use(what);
  };
  const holder = { ...kept, use, isOpen: () => !isShut };
  const board = openBoard({
    ...{ station: 'test', delivery: null, wallMs, monoMs, totals: () => noTotals, job: () => null },
    ...{ recentGaps: () => [], storeFault: () => null, picturesLost: () => ({ pictures: 0, kind: null }) },
    ...{ isListening: () => true, incidents: () => [], onRaised: () => undefined },
  });
  const parts = { file, holder, store: keptStore(holder), board, previews: openPreviews(), log: aLog() };
  const keeping = await openKeeping(station, parts);
  onTestFinished(async () => {
    await keeping.close();
    board.close();
    kept.close();
  });
  return {
    shut: (is: boolean) => (isShut = is),
    steps: () => kept.use(({ events }) => events.recent(['clock-step'], Number.MIN_SAFE_INTEGER)),
  };
};

describe('what keeps the records', () => {
  it('outlives a step of the clock while they are shut, and has it on record when they are open again', async () => {
    const { shut, steps } = await openAll();
    const trueNow = Date.now.bind(Date);
    const now = vi.spyOn(Date, 'now');
    onTestFinished(() => now.mockRestore());
    shut(true);
    now.mockImplementation(() => trueNow() + 3_600_000);
    // Two looks at the clock.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(steps()).toEqual([]);
    shut(false);
    await expect.poll(steps, { timeout: 20_000 }).toHaveLength(1);
    expect(steps()[0]?.what).toContain('jumped ahead by 1 h 0 min');
  });
});
