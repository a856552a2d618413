import { describe, expect, it } from 'vitest';
import { httpClient } from '../../../test/records/client.ts';
import { aRecord } from '../../../test/records/record.ts';
import { aStation } from '../../../test/records/station.ts';
import { arrivals } from '../../../test/records/store.ts';
import { callerOf } from './caller.ts';

const letter = { lane: 'lane-1', sequence: 1 };

/** A station whose first report the MES has refused for good, asked by `role`. */
const withDeadLetter = async (role: Parameters<typeof aStation>[1]) => {
  const { url, store } = await aStation(false, role);
  store.keep(arrivals(aRecord({ sequence: 1 }), aRecord({ sequence: 2 })), 0);
  for (let time = 0; time < 5; time++) store.reports.refused('test/lane-1/1', 'unknown order');
  return { client: httpClient(url), store };
};

describe('reports that the MES has refused', () => {
  it.each([
    ['viewer', false, false],
    ['operator', true, false],
    ['maintenance', true, false],
    ['quality', true, true],
    ['admin', true, true],
  ] as const)('a %s may send again: %s, correct: %s', async (role, mayResend, mayCorrect) => {
    const { client, store } = await withDeadLetter(role);
    expect(await client.deadLetters.query()).toMatchObject([{ ...letter, why: 'unknown order' }]);
    for (const [correction, may] of [
      [{ order: 'PO-1' }, mayCorrect],
      [{}, mayResend],
    ] as const) {
      const asking = client.resend.mutate({ ...letter, correction });
      if (!may) await expect(asking).rejects.toMatchObject({ data: { code: 'FORBIDDEN' } });
      else {
        expect(await asking).toBe(true);
        for (let time = 0; time < 5; time++) store.reports.refused('test/lane-1/1', 'unknown order');
      }
    }
  });
});

describe('results that the MES fetches', () => {
  it('come again until an administrator or the MES’s own server acknowledges them', async () => {
    const { url, store } = await aStation(false, 'admin');
    store.keep(arrivals(aRecord({ sequence: 1 }), aRecord({ sequence: 2 }), aRecord({ sequence: 3 })), 0);
    const client = httpClient(url);
    const ids = async (): Promise<string[]> => (await client.results.query({ limit: 2 })).map(({ id }) => id);
    expect(await ids()).toEqual(['test/lane-1/1', 'test/lane-1/2']);
    expect(await ids()).toEqual(['test/lane-1/1', 'test/lane-1/2']);
    await client.acknowledgeResults.mutate({ ids: await ids() });
    await client.acknowledgeResults.mutate({ ids: ['test/lane-1/1', 'nonsense'] });
    expect(await ids()).toEqual(['test/lane-1/3']);
    expect(store.totals()).toMatchObject({ unreported: 1, acknowledged: 2 });
  });
});

describe('who calls', () => {
  it.each([
    ['127.0.0.1', 'quality'],
    ['::1', 'quality'],
    ['::ffff:127.0.0.1', 'quality'],
    ['10.0.0.5', 'viewer'],
    [undefined, 'viewer'],
  ] as const)('%s is %s where the station gives "quality"', (address, role) => {
    expect(callerOf(address, 'quality')).toEqual({ role });
  });
});

describe('a challenge', () => {
  it('is put on record by who works at the line, and by no one else', async () => {
    const { client } = await withDeadLetter('operator');
    expect(await client.noteChallenge.mutate({ ...letter, passed: true })).toBe(true);
    expect(await client.noteChallenge.mutate({ ...letter, sequence: 99, passed: true })).toBe(false);
    expect(await client.sinceChallenge.query({ lane: 'lane-1' })).toMatchObject({
      challenge: { sequence: 1 },
      counts: { ok: 1 },
    });
    const { client: viewer } = await withDeadLetter('viewer');
    await expect(viewer.noteChallenge.mutate({ ...letter, passed: true })).rejects.toMatchObject({ data: { code: 'FORBIDDEN' } });
  });
});
