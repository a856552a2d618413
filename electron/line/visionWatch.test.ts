import { describe, expect, it } from 'vitest';
import type { VisionState } from '../contract/frame.ts';
import { openVisionWatch } from './visionWatch.ts';

const mostMs = 90;
const model = { name: 'chips', version: '1.0.0', sha8: '01234567', provider: 'cpu' as const, labels: [] };
const state = (camera: VisionState['camera'], loaded = true): VisionState => ({
  ...{ type: 'state', camera, message: '', frameSize: null, roi: null },
  model: loaded ? model : null,
});

describe('openVisionWatch', () => {
  it.each([
    ['the process starts', state('opening', false), false, { framesCome: false, why: 'vision-restarting' }],
    ['the camera is away', state('lost'), false, { framesCome: false, why: 'camera-lost' }],
    ['the process is gone', state('lost', false), false, { framesCome: false, why: 'vision-restarting' }],
    ['a camera is open, before its first frame', state('running'), true, { framesCome: true, why: 'no-frame' }],
  ] as const)('%s', (_, said, ready, outlook) => {
    const watch = openVisionWatch();
    watch.onState(said);
    expect([watch.ready(mostMs, 0), watch.outlook(mostMs, 0)]).toEqual([ready, outlook]);
  });

  it('takes a camera for lost that owes a frame for too long, though its frame may come yet', () => {
    const watch = openVisionWatch();
    watch.onState(state('running'));
    watch.onTrigger(100);
    expect(watch.ready(mostMs, 190)).toBe(true);
    expect([watch.ready(mostMs, 191), watch.outlook(mostMs, 191)]).toEqual([false, { framesCome: true, why: 'camera-lost' }]);
    watch.onFrame(false, 200);
    expect(watch.ready(mostMs, 5000)).toBe(true);
  });

  it('is not ready while inference hangs, until the frame ends or another process says what it sees', () => {
    for (const end of ['frame', 'process']) {
      const watch = openVisionWatch();
      watch.onState(state('running'));
      watch.onHang(true);
      expect([watch.ready(mostMs, 0), watch.outlook(mostMs, 0)]).toEqual([false, { framesCome: false, why: 'inference-hangs' }]);
      if (end === 'frame') watch.onHang(false);
      else watch.onState(state('running'));
      expect(watch.ready(mostMs, 0)).toBe(true);
    }
  });
});
