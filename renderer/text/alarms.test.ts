import { describe, expect, it } from 'vitest';
import { type Alarm, type AlarmCode } from '../../electron/contract/alarms.ts';
import { alarmsEn } from '../../electron/contract/alarmsEn.ts';
import { wordsOf } from './language.ts';

const lane = { lane: 'lane-7' };
const anAlarm = {
  ...{ id: 'x', priority: 'high', sinceMs: 0, detail: '' },
  code: 'plc-away',
  facts: { ...lane, endpoint: 'opc.tcp://plc' },
} as const satisfies Alarm;

describe('the sentences of an alarm', () => {
  it('are in the language of who reads them, with the facts of the alarm', () => {
    expect(wordsOf.en.format.alarm(anAlarm).what).toBe('Lane lane-7: the PLC at opc.tcp://plc is not connected.');
    expect(wordsOf.de.format.alarm(anAlarm).what).toBe('Spur lane-7: die SPS unter opc.tcp://plc ist nicht verbunden.');
  });

  const facts = {
    ...{
      ...lane,
      endpoint: 'e',
      does: 'stop',
      rejects: 3,
      parts: 9,
      partId: 11,
      why: 'black',
      frames: 3,
      reason: 'black',
      mode: 'bypass',
    },
    ...{ records: 1, reports: 2, usedPercent: 95, freeBytes: 3e9, first: 4, last: 8, gaps: 2, cause: 'damage', kind: 'io' },
    ...{ application: 'line', peer: 'PLC', crashes: 5, until: '2026-11-21', from: '2026-11-21', days: 7 },
  };
  it.each(Object.keys(alarmsEn) as AlarmCode[])('of %s are whole in both, and nothing in them is missing', (code) => {
    const alarm = { ...anAlarm, code, facts } as unknown as Alarm;
    const sentences = (tag: 'en' | 'de'): string[] => {
      const { what, meanwhile, toDo } = wordsOf[tag].format.alarm(alarm);
      return [what, meanwhile, toDo];
    };
    for (const sentence of [...sentences('en'), ...sentences('de')]) expect(sentence).toMatch(/^(?!.*undefined).{10,}\.$/);
    expect(sentences('en')).not.toEqual(sentences('de'));
  });
});
