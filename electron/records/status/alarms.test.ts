import { describe, expect, it } from 'vitest';
import { inWords, type StoreFaultKind } from '../../contract/alarms.ts';
import { alarmsEn } from '../../contract/alarmsEn.ts';
import type { LaneStatus } from '../../contract/facts.ts';
import { alarms, type Condition } from './alarms.ts';

const aLane = (
  changes: {
    camera?: Partial<LaneStatus['camera']>;
    plc?: Partial<LaneStatus['plc']>;
    interlocks?: LaneStatus['interlocks'];
  } = {},
): LaneStatus => ({
  ...{ lane: 'lane-1', recipe: 'resistor-0603', product: 'Chip resistor', model: null, recentConfidence: [] },
  camera: { state: 'running', message: '', fps: 60, frames: 100, dropped: 0, refused: {}, trouble: null, ...changes.camera },
  plc: {
    ...{
      state: 'connected',
      message: '',
      endpoint: 'opc.tcp://plc:4840',
      lineRunning: true,
      failSafe: false,
      ...{ mode: 'auto' as const, owner: 'plc' as const, binFull: false, airOk: true },
      heartbeatAgeMs: 50,
    },
    ...changes.plc,
  },
  counts: {
    ok: 0,
    nok: 0,
    unsure: 0,
    error: 0,
    parts: 0,
    rejected: 0,
    late: 0,
    missedTriggers: 0,
    doubleTriggers: 0,
    skippedIds: 0,
    notSent: 0,
  },
  interlocks: changes.interlocks ?? [],
  latency: { verdictMs: null, gateAckMs: null },
});
const calm: Condition = {
  line: { lanes: [aLane()], waitingRecords: 0, isFull: false, ageMs: 100 },
  processes: [],
  mes: { state: 'connected', message: '', waiting: 0, acknowledged: 5 },
  disk: { freeBytes: 50e9, totalBytes: 100e9 },
  ...{ fetchedNoneMs: null, storeFault: null, isListening: true, incidents: [], picturesLost: null },
  ...{ deadLetters: 0, setAside: 0, recentGaps: [] },
  certificates: [],
};
const raised = (changes: Partial<Condition>): string[] =>
  alarms({ ...calm, ...changes }, [], 0).map(({ id, priority }) => `${priority} ${id}`);
const onLane = (changes: Parameters<typeof aLane>[0], waitingRecords = 0): Partial<Condition> => ({
  line: { lanes: [aLane(changes)], waitingRecords, isFull: false, ageMs: 100 },
});
const disk = (used: number): Partial<Condition> => ({ disk: { freeBytes: (1 - used) * 100e9, totalBytes: 100e9 } });

describe('alarms', () => {
  it.each<[string, Partial<Condition>, string[]]>([
    ['nothing when all is well', {}, []],
    ['no MES configured', { mes: { ...calm.mes, state: 'not-configured' } }, []],
    ['the line away', { line: null }, ['urgent line-away']],
    ['the line in safe mode', { line: null, processes: [{ name: 'line', state: 'safe', crashes: 5 }] }, ['urgent line-safe']],
    [
      'the line started again',
      { line: null, processes: [{ name: 'line', state: 'restarting', crashes: 2 }] },
      ['urgent line-away'],
    ],
    ['records that end and end', { processes: [{ name: 'records', state: 'running', crashes: 5 }] }, ['high records-crashing']],
    ['records that ended once', { processes: [{ name: 'records', state: 'running', crashes: 1 }] }, []],
    [
      'the line silent',
      { line: { lanes: [aLane({ camera: { state: 'lost' } })], waitingRecords: 0, isFull: false, ageMs: 2001 } },
      ['urgent line-silent'],
    ],
    ['the camera lost', onLane({ camera: { state: 'lost', message: 'Unplugged.' } }), ['urgent camera-lost:lane-1']],
    ['a black picture', onLane({ camera: { trouble: { why: 'black', frames: 3 } } }), ['high camera-picture:lane-1']],
    ['a torn frame', onLane({ camera: { trouble: { why: 'torn', frames: 1 } } }), ['low camera-picture:lane-1']],
    [
      'a runaway camera, once',
      onLane({ camera: { message: 'More than 80.', trouble: { why: 'runaway', frames: 99 } } }),
      ['high camera-runaway:lane-1'],
    ],
    ['a recording at its end', onLane({ camera: { state: 'ended' } }), ['low camera-ended:lane-1']],
    ['a camera that is being opened', onLane({ camera: { state: 'opening' } }), []],
    [
      'the PLC away, once, whatever it last said',
      onLane({ plc: { state: 'connecting', failSafe: true } }),
      ['urgent plc-away:lane-1'],
    ],
    ['the PLC stale', onLane({ plc: { state: 'stale' } }), ['urgent plc-stale:lane-1']],
    ['the PLC refusing us', onLane({ plc: { state: 'refused' } }), ['urgent plc-refused:lane-1']],
    ['the gate in fail-safe', onLane({ plc: { failSafe: true, lineRunning: false } }), ['high fail-safe:lane-1']],
    [
      'interlocks that have tripped',
      onLane({
        interlocks: [
          { kind: 'consecutive-rejects', rejects: 3, does: 'stop', what: '3 parts in a row were rejected.', atMs: 1 },
          { kind: 'model-fault', does: 'alarm', what: 'NaN.', atMs: 2 },
        ],
      }),
      ['urgent consecutive-rejects:lane-1', 'high model-fault:lane-1'],
    ],
    ['a bypass', onLane({ plc: { mode: 'bypass' } }), ['urgent bypass:lane-1']],
    ['a full bin', onLane({ plc: { binFull: true } }), ['high bin-full:lane-1']],
    ['no air', onLane({ plc: { airOk: false } }), ['urgent no-air:lane-1']],
    ['the belt standing', onLane({ plc: { lineRunning: false } }), ['low line-stopped:lane-1']],
    ['the MES away', { mes: { ...calm.mes, state: 'away' } }, ['medium mes-away']],
    ['a disk 79 % full', disk(0.79), []],
    ['a disk 80 % full', disk(0.801), ['low disk-low']],
    ['a disk 90 % full', disk(0.901), ['medium disk-low']],
    ['a disk 95 % full', disk(0.951), ['high disk-low']],
    ['one on which pictures gave way', { ...disk(0.951), picturesLost: { kind: 'full' } }, ['high disk-low']],
    ['one on which pictures fail', { ...disk(0.951), picturesLost: { kind: 'io' } }, ['low pictures-lost', 'high disk-low']],
    ['some records waiting', onLane({}, 600), []],
    ['many records waiting', onLane({}, 601), ['medium records-waiting']],
    ['too many records waiting', onLane({}, 10_001), ['high records-waiting']],
    ['a disk that refuses', { storeFault: { kind: 'io', message: 'disk I/O error' } }, ['high store-fault']],
    [
      'records not open yet',
      { line: null, isListening: false, storeFault: { kind: 'no-permission', message: '' } },
      ['high store-fault'],
    ],
    [
      'what happened to the records',
      {
        incidents: (['damaged', 'checked', 'clock-step'] as const).map((kind) => ({
          kind,
          atMs: 7,
          lane: null,
          sequence: null,
          what: '',
        })),
      },
      ['high damaged:7', 'low clock-step:7'],
    ],
    ['pictures lost', { picturesLost: { kind: null } }, ['low pictures-lost']],
    [
      'a full disk, once, whatever follows from it',
      { ...onLane({}, 12_000), ...disk(1), storeFault: { kind: 'full', message: '' }, picturesLost: { kind: 'full' } },
      ['high store-fault'],
    ],
    [
      'a full disk and a line that stops for it',
      {
        ...{ line: { lanes: [aLane()], waitingRecords: 20_000, isFull: true, ageMs: 100 }, ...disk(1) },
        ...{ storeFault: { kind: 'full', message: '' }, picturesLost: { kind: null } },
      },
      ['high store-fault', 'urgent records-full'],
    ],
    [
      'a disk that may not be written, once',
      { ...onLane({}, 700), storeFault: { kind: 'read-only', message: '' }, picturesLost: { kind: 'read-only' } },
      ['high store-fault'],
    ],
    [
      'a full quota of the records and a folder of pictures that is not ours',
      { storeFault: { kind: 'full', message: '' }, picturesLost: { kind: 'no-permission' } },
      ['high store-fault', 'low pictures-lost'],
    ],
    ['reports refused', { deadLetters: 1 }, ['medium reports-refused']],
    ['records set aside', { setAside: 2 }, ['medium records-set-aside']],
    [
      'a gap',
      { recentGaps: [{ lane: 'lane-1', first: 4, last: 9, foundAtMs: 1, cause: 'skipped' }] },
      ['medium records-missing:lane-1:skipped:1:9'],
    ],
    [
      'the gaps of a damaged file as one',
      {
        recentGaps: [
          { lane: 'lane-1', first: 90, last: 99, foundAtMs: 1, cause: 'damage' },
          { lane: 'lane-1', first: 4, last: 9, foundAtMs: 1, cause: 'damage' },
          { lane: 'lane-2', first: 4, last: 4, foundAtMs: 1, cause: 'skipped' },
        ],
      },
      ['medium records-missing:lane-1:damage:2:99', 'medium records-missing:lane-2:skipped:1:4'],
    ],
  ])('%s', (_case, changes, expected) => {
    expect(raised(changes)).toEqual(expected);
  });

  it('say what happened, what happens meanwhile and what to do', () => {
    const [alarm] = alarms({ ...calm, ...onLane({ camera: { state: 'lost', message: 'The cable is out.' } }) }, [], 7);
    if (alarm === undefined) throw new Error('no alarm');
    expect(alarm).toMatchObject({ code: 'camera-lost', facts: { lane: 'lane-1' }, detail: 'The cable is out.' });
    const { what, meanwhile, toDo } = inWords(alarm, alarmsEn);
    expect(what).toBe('Lane lane-1: the camera gives no frames.');
    expect(meanwhile).toContain('fail-safe');
    expect(toDo).toContain('cable');
  });

  it('of lost pictures say why', () => {
    const said = (kind: StoreFaultKind | null): string => {
      const [alarm] = alarms({ ...calm, picturesLost: { kind } }, [], 7);
      if (alarm === undefined) throw new Error('no alarm');
      const { what, toDo } = inWords(alarm, alarmsEn);
      return `${what} ${toDo}`;
    };
    expect(said('no-permission')).toContain('may not write');
    expect(said('read-only')).toContain('read-only');
    expect(said('full')).toContain('free space');
    expect(said(null)).toContain('too slow');
    expect(said('no-permission')).not.toMatch(/slow|full/);
  });

  it('of an MES that is away name what may be ours to put right', () => {
    const [alarm] = alarms({ ...calm, mes: { ...calm.mes, state: 'away', message: 'No method.' } }, [], 7);
    if (alarm === undefined) throw new Error('no alarm');
    expect(inWords(alarm, alarmsEn).toDo).toMatch(/^(?!.*Nothing needs).*certificate.*password.*setting/);
  });

  it('keep their time while they stand, newest first, and begin anew when they come back', () => {
    const away = { ...calm, mes: { ...calm.mes, state: 'away' as const } };
    const first = alarms(away, [], 1000);
    const both = alarms({ ...away, ...disk(0.97) }, first, 2000);
    expect(both.map(({ id, sinceMs }) => [id, sinceMs])).toEqual([
      ['disk-low', 2000],
      ['mes-away', 1000],
    ]);
    const gone = alarms(calm, both, 3000);
    expect(gone).toEqual([]);
    expect(alarms(away, gone, 4000)[0]?.sinceMs).toBe(4000);
  });
});
