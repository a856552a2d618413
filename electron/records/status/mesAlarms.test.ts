import { describe, expect, it, onTestFinished } from 'vitest';
import { aStation } from '../../../test/records/station.ts';
import { inWords } from '../../contract/alarms.ts';
import { alarmsEn } from '../../contract/alarmsEn.ts';
import { noPicturesLost, openBoard } from './board.ts';

describe('an MES that is connected and does not do its part', () => {
  it('is an alarm with what it said, until it does or is away', async () => {
    const { board } = await aStation(true);
    const tell = (refuses: { reports?: string | null; orders?: string | null }): string[] => {
      const news = { state: 'connected' as const, message: '', refuses };
      board.mes(news);
      return board.status().alarms.flatMap(({ id, detail }) => (id.startsWith('mes') ? [`${id} ${detail}`] : []));
    };
    expect(tell({ reports: 'database locked' })).toEqual(['mes-refuses:reports database locked']);
    expect(tell({ reports: null, orders: 'no answer' })).toEqual(['mes-refuses:orders no answer']);
    const [alarm] = board.status().alarms.filter(({ code }) => code === 'mes-refuses');
    expect(alarm && inWords(alarm, alarmsEn).what).toBe('The MES is connected but gives no orders.');
    expect(tell({ reports: null, orders: null })).toEqual([]);
  });

  it.each(['fetches', 'connected'] as const)(
    'is an alarm when it comes for the results (%s) and has taken none of those that wait for ten minutes',
    (state) => {
      let [nowMs, acknowledged, unreported] = [0, 0, 5];
      const board = openBoard({
        ...{ station: 'test', delivery: 'fetch', wallMs: () => nowMs, monoMs: () => nowMs, job: () => null },
        ...{ storeFault: () => null, recentGaps: () => [], incidents: () => [], isListening: () => true },
        ...{
          picturesLost: noPicturesLost,
          onRaised: () => undefined,
          totals: () => ({ records: 5, deadLetters: 0, setAside: 0, acknowledged, unreported }),
        },
      });
      onTestFinished(() => board.close());
      const alarmsAt = (minutes: number): string[] => {
        nowMs = minutes * 60_000;
        board.mes({ state, message: '' });
        return board.status().alarms.flatMap(({ code }) => (code.startsWith('mes') ? [code] : []));
      };
      expect([alarmsAt(0), alarmsAt(9)]).toEqual([[], []]);
      expect(alarmsAt(10)).toEqual(['mes-fetches-none']);
      acknowledged = 3;
      expect([alarmsAt(11), alarmsAt(20)]).toEqual([[], []]);
      unreported = 0;
      expect(alarmsAt(60)).toEqual([]);
      unreported = 1;
      expect([alarmsAt(61), alarmsAt(70)]).toEqual([[], ['mes-fetches-none']]);
    },
  );
});
