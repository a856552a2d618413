import { describe, expect, it } from 'vitest';
import { aStation } from '../../../test/records/station.ts';
import { inWords } from '../../contract/alarms.ts';
import { alarmsEn } from '../../contract/alarmsEn.ts';

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
});
