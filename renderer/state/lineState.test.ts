import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../electron/contract/alarms.ts';
import type { Slow, SlowLane } from '../api/slow.ts';
import { lineState, sinceOf } from './lineState.ts';

const well = { mode: 'auto', owner: 'plc', binFull: false, airOk: true } as const;
const lane = (over: { camera?: string; plc?: Partial<SlowLane['plc']>; model?: null } = {}): SlowLane => ({
  lane: 'lane-1',
  recipe: 'r',
  product: 'p',
  model: over.model === null ? null : { name: 'm', version: '1.0.0', sha8: 'abc', provider: 'cpu', labels: [] },
  camera: { state: (over.camera ?? 'running') as SlowLane['camera']['state'], message: '' },
  plc: { state: 'connected', message: '', endpoint: '', lineRunning: true, failSafe: false, ...well, ...over.plc },
});
const slow = (lanes: SlowLane[] | null, alarms: Alarm[] = []): Slow => ({
  station: 'S',
  lanes,
  mes: { state: 'connected', message: '' },
  job: null,
  deadLetters: 0,
  alarms,
});
const alarm = (priority: Alarm['priority']): Alarm => ({
  id: 'x',
  priority,
  sinceMs: 0,
  ...{ code: 'pictures-lost', facts: {}, detail: '' },
});
const of = (lanes: SlowLane[] | null, alarms: Alarm[] = []) =>
  lineState({ link: 'live', slow: slow(lanes, alarms), lane: 'lane-1' });

describe('state of the line', () => {
  it.each([
    ['running', 'fine', of([lane()])],
    ['stopped', 'idle', of([lane({ plc: { lineRunning: false } })])],
    ['failSafe', 'alarm', of([lane({ plc: { failSafe: true } })])],
    ['gate', 'alarm', of([lane({ plc: { state: 'stale' } })])],
    ['bypass', 'alarm', of([lane({ plc: { mode: 'bypass' } })])],
    ['simulation', 'alarm', of([lane({ plc: { mode: 'simulation', failSafe: true } })])],
    ['running', 'fine', of([lane({ plc: { mode: 'challenge' } })])],
    ['camera', 'alarm', of([lane({ camera: 'lost' })])],
    ['model', 'alarm', of([lane({ model: null })])],
    ['silent', 'alarm', of(null)],
    ['unreachable', 'alarm', lineState({ link: 'lost', slow: slow([lane()]), lane: 'lane-1' })],
    ['connecting', 'unknown', lineState({ link: 'connecting', slow: null, lane: null })],
  ])('is %s (%s)', (is, tone, state) => {
    expect(state).toMatchObject({ is, tone });
  });

  it('is not fine while an urgent or high alarm stands, whatever the lane says', () => {
    expect(of([lane()], [alarm('high')])).toMatchObject({ is: 'alarm', tone: 'alarm', alarm: { code: 'pictures-lost' } });
    expect(of([lane()], [alarm('medium'), alarm('low')])).toMatchObject({ is: 'running' });
  });

  it('knows since when, by the alarm of this lane that tells of it', () => {
    const bypass = (ofLane: string, sinceMs: number): Alarm => ({
      ...{ id: `bypass/${ofLane}`, priority: 'urgent', sinceMs, detail: '' },
      ...{ code: 'bypass', facts: { lane: ofLane, mode: 'bypass' } },
    });
    const since = (over: Parameters<typeof lane>[0], alarms: Alarm[]): number | null => {
      const seen = { link: 'live', slow: slow([lane(over)], alarms), lane: 'lane-1' } as const;
      return sinceOf(lineState(seen), seen);
    };
    expect(since({ plc: { mode: 'bypass' } }, [bypass('lane-2', 100), bypass('lane-1', 200)])).toBe(200);
    expect(since({ plc: { mode: 'bypass' } }, [])).toBeNull();
    expect(since({}, [{ ...alarm('high'), sinceMs: 300 }])).toBe(300);
    expect(since({}, [])).toBeNull();
  });
});
