import { afterEach, describe, expect, it } from 'vitest';
import { type FakeSystemd, openFakeSystemd } from '../../test/faults/systemd.ts';
import { openLog } from '../base/log.ts';
import { openNotifier } from './notify.ts';

const log = openLog('test');
log.level = 'silent';

let systemd: FakeSystemd | null = null;
afterEach(() => systemd?.close());

describe('notifier', () => {
  it('tells systemd over its socket, a sentence once, and everything before it ends', async () => {
    systemd = await openFakeSystemd();
    const notifier = openNotifier(systemd.socket, log);
    notifier.status('Starting line.');
    notifier.status('Starting line.');
    notifier.ready();
    notifier.ping();
    notifier.stopping();
    await notifier.close();
    await expect
      .poll(() => systemd?.told.map(({ what }) => what))
      .toEqual([...['STATUS=Starting line.', 'READY=1', 'WATCHDOG=1'], ...['STOPPING=1', 'STATUS=Stopping.']]);
  });

  it('tells nobody when systemd has not started us', async () => {
    const notifier = openNotifier(undefined, log);
    notifier.ready();
    await notifier.close();
  });
});
