import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { aFolder } from '../../../test/records/store.ts';
import { holdStore, type StoreHolder } from './holder.ts';
import { keepTidy } from './housekeeping.ts';

const nowMs = Date.UTC(2026, 10, 21);

/** Records of which the disk refuses what `isRefused` says, as often as it does. */
const someRecords = (isRefused: () => boolean) => {
  const file = join(aFolder(), 'records.sqlite');
  const kept = holdStore({
    ...{ file, station: 'test', lanes: ['lane-1'], isReporting: false },
    ...{ now: () => nowMs, onFault: () => undefined },
  });
  const use: StoreHolder['use'] = (what) => {
    if (isRefused()) throw new Error('the records are not open');
    return kept.use(what);
  };
  const tidying = keepTidy({ ...kept, use }, { file, allowedBytes: 1e9, now: () => nowMs, lastRecordMs: () => null });
  onTestFinished(() => {
    tidying.close();
    kept.close();
  });
  return { checkedAtMs: () => kept.use(({ events }) => events.lastOf('checked'))?.atMs ?? null };
};

describe('what is done for the records beside the work', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
  afterEach(() => void vi.useRealTimers());

  it('waits for another look when it cannot be read whether the file is to be checked', async () => {
    let isShut = true;
    const { checkedAtMs } = someRecords(() => isShut);
    expect(() => vi.advanceTimersByTime(60_000)).not.toThrow();
    isShut = false;
    vi.advanceTimersByTime(60_000);
    await expect.poll(checkedAtMs, { timeout: 20_000 }).toBe(nowMs);
  });

  it('notes the answer of a check when the records are open again', async () => {
    let refusals = 0;
    let isShut = false;
    const { checkedAtMs } = someRecords(() => {
      refusals += isShut ? 1 : 0;
      return isShut;
    });
    vi.advanceTimersByTime(60_000);
    isShut = true;
    await expect.poll(() => refusals, { timeout: 20_000 }).toBeGreaterThan(2);
    isShut = false;
    await expect.poll(checkedAtMs, { timeout: 20_000 }).toBe(nowMs);
  });
});
