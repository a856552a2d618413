import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../electron/cli/freePort.ts';
import type { MesStatus } from '../../electron/contract/api.ts';
import type { MesCounts } from '../../electron/contract/wiring.ts';
import { mes as mesConfig } from '../../electron/config/station.ts';
import { type JobBook, jobDesk } from '../../electron/records/mes/jobDesk.ts';
import { type MesLink, openMes } from '../../electron/records/mes/mes.ts';
import type { ReportSource } from '../../electron/records/mes/pump.ts';
import { type SimChild, startSim } from '../../electron/sim/child.ts';
import { type DemoPaths, provisionDemo } from '../../electron/sim/provision.ts';
import { aRecord } from '../records/record.ts';
import { aQuietLine, aStore, arrivals } from '../records/store.ts';

const main = fileURLToPath(new URL('../../electron/sim/mes/main.ts', import.meta.url));

const noJobs: JobBook = { apply: () => 'unknown-order', toTell: () => [], told: () => undefined };

/** Reports in memory, in the order of their making. */
const openOutbox = () => {
  const waiting = new Map<string, string>();
  const acknowledged: string[] = [];
  const refused: string[] = [];
  const source: ReportSource = {
    next: (limit) => [...waiting].slice(0, limit).map(([id, json]) => ({ id, json })),
    acknowledge(ids) {
      const gone = ids.filter((id) => waiting.delete(id));
      acknowledged.push(...gone);
      return gone.length;
    },
    refused(id, why) {
      refused.push(`${id} ${why}`);
      if (refused.filter((each) => each.startsWith(`${id} `)).length === 5) waiting.delete(id);
      return waiting.has(id);
    },
  };
  const put = (lane: string, from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, index) => {
      const id = `S1/${lane}/${from + index}`;
      waiting.set(id, JSON.stringify(aRecord({ station: 'S1', lane, sequence: from + index })));
      return id;
    });
  return { source, put, waiting, acknowledged, refused };
};

describe('records and MES over encrypted loopback', () => {
  let paths: DemoPaths;
  let port: number;
  let mes: SimChild;
  let pump: MesLink;
  let status: Pick<MesStatus, 'state' | 'message' | 'refuses'>;

  const startMes = (): Promise<SimChild> => {
    const login = ['--pki', paths.mesPki, '--user', paths.userName, '--password-file', paths.passwordFile];
    return startSim('MES', main, ['--port', `${port}`, ...login]);
  };
  const open = (source: ReportSource, more: Record<string, string> = {}, book: JobBook = noJobs): MesLink => {
    const config = mesConfig.parse({
      ...{ endpoint: `opc.tcp://127.0.0.1:${port}`, userName: paths.userName, passwordFile: paths.passwordFile },
      ...more,
    });
    return openMes(config, paths.stationPki, {
      reports: source,
      jobs: jobDesk(book, aQuietLine),
      onStatus: (now) => {
        status = now;
      },
    });
  };
  const counts = async (): Promise<MesCounts> => (await mes.figures()) as MesCounts;
  const empty = (outbox: ReturnType<typeof openOutbox>): Promise<void> =>
    expect.poll(() => outbox.waiting.size, { timeout: 15_000, interval: 10 }).toBe(0);

  beforeAll(async () => {
    paths = await provisionDemo(mkdtempSync(join(tmpdir(), 'linegate-mes-')));
    port = await freePort(24_950);
    mes = await startMes();
  });
  afterAll(() => mes.stop());
  afterEach(() => pump.close());

  it('delivers 500 reports once and in order, although the MES goes away before it has answered', async () => {
    const outbox = openOutbox();
    const ids = outbox.put('lane-1', 1, 250);
    mes.knob('answer-delay', '300');
    pump = open(outbox.source);
    await expect.poll(async () => (await counts()).received, { timeout: 10_000, interval: 10 }).toBe(200);
    mes.knob('away', 'on');
    await expect.poll(() => status.state, { timeout: 5000, interval: 10 }).toBe('away');
    expect(outbox.acknowledged).toEqual([]);
    ids.push(...outbox.put('lane-1', 251, 500));
    pump.wake();
    mes.knob('answer-delay', '0');
    mes.knob('away', 'off');
    await empty(outbox);
    expect(outbox.acknowledged).toEqual(ids);
    expect(await counts()).toMatchObject({
      received: 500,
      duplicates: 200,
      refused: 0,
      outOfOrder: 0,
      lastSequence: { 'S1/lane-1': 500 },
    });
  });

  it('goes on by itself after the MES was killed', async () => {
    const outbox = openOutbox();
    pump = open(outbox.source);
    const ids = outbox.put('lane-2', 1, 50);
    pump.wake();
    await empty(outbox);
    process.kill(mes.pid() as number, 'SIGKILL');
    await mes.gone;
    ids.push(...outbox.put('lane-2', 51, 400));
    pump.wake();
    mes = await startMes();
    await empty(outbox);
    expect(outbox.acknowledged).toEqual(ids);
    expect(await counts()).toMatchObject({ received: 350, duplicates: 0, outOfOrder: 0 });
  });

  it('tells the source what is refused and why, and delivers the rest', async () => {
    const outbox = openOutbox();
    const ids = outbox.put('lane-3', 1, 20);
    outbox.waiting.set('S1/lane-3/7', '{"station":"S1"}');
    mes.knob('refuse', 'S1/lane-3/12');
    pump = open(outbox.source);
    await empty(outbox);
    expect(outbox.acknowledged).toEqual(ids.filter((id) => !/\/(7|12)$/.test(id)));
    expect(outbox.refused).toContain('S1/lane-3/7 is no part record at "lane"');
    expect(outbox.refused).toContain('S1/lane-3/12 refused by the knob');
  });

  it.each([
    ['methodId', 'method'],
    ['jobsMethodId', 'method'],
    ['objectId', 'object'],
  ])('says that what %s names is not there', async (key, what) => {
    pump = open(openOutbox().source, { [key]: 'ns=1;s=Mes.Nothing' });
    await expect
      .poll(() => status, { timeout: 5000 })
      .toMatchObject({
        state: 'away',
        message: expect.stringMatching(new RegExp(`has no ${what} ns=1;s=Mes.Nothing. Correct ${key} `)) as string,
      });
  });

  it('sets aside the report that ends every call with a Bad status, and delivers the rest', async () => {
    const outbox = openOutbox();
    const ids = outbox.put('lane-4', 1, 300);
    mes.knob('fail', 'S1/lane-4/57');
    pump = open(outbox.source);
    await empty(outbox);
    expect(outbox.acknowledged).toEqual(ids.filter((id) => !id.endsWith('/57')));
    expect(outbox.refused).toEqual(Array.from({ length: 5 }, () => 'S1/lane-4/57 The MES answered BadInternalError.'));
  });

  it('buries nothing where all is refused, and says what the MES says', async () => {
    const outbox = openOutbox();
    outbox.put('lane-5', 1, 300);
    mes.knob('refuse-all', 'on');
    pump = open(outbox.source);
    await expect.poll(() => status.refuses?.reports, { timeout: 14_000 }).toMatch(/all are refused by the knob/);
    expect([outbox.waiting.size, outbox.refused]).toEqual([300, []]);
    mes.knob('refuse-all', 'off');
    await empty(outbox);
    expect(status.refuses?.reports).toBeNull();
  });

  it.each([
    ['colons', 0],
    ['text', 0],
    ['nulls', 300],
  ])('takes no answer in the form "%s" for more than it is', async (form, delivered) => {
    const outbox = openOutbox();
    outbox.put(`lane-${form}`, 1, 300);
    mes.knob('answer-form', form);
    mes.reset();
    pump = open(outbox.source);
    await expect.poll(async () => (await counts()).received, { timeout: 10_000 }).toBeGreaterThanOrEqual(200);
    await sleep(2000);
    const { received, duplicates } = await counts();
    expect(outbox.acknowledged).toHaveLength(delivered);
    // It is not offered again at full speed.
    expect(received + duplicates).toBeLessThan(700);
    mes.knob('answer-form', 'good');
    await empty(outbox);
  });

  it('gives orders to a station whose reports it fetches itself, though it has no method to take them', async () => {
    const store = aStore({ station: 'S1' });
    const fetching = { delivery: 'fetch', methodId: 'ns=1;s=Mes.Nothing', jobsMethodId: 'ns=1;s=Mes.Jobs' };
    mes.knob('orders', '30');
    pump = open(store.reports, fetching, store.jobs);
    await expect.poll(() => store.jobs.current()?.state, { timeout: 10_000 }).toBe('running');
    mes.knob('orders', '0');
  });

  it('takes job orders, one after the other, and responds with counts that agree with the records', async () => {
    const store = aStore({ station: 'S1' });
    pump = open(store.reports, { jobsMethodId: 'ns=1;s=Mes.Jobs' }, store.jobs);
    mes.knob('orders', '30');
    let sequence = 0;
    const until = async (order: (now: string | undefined) => boolean): Promise<string> => {
      await expect.poll(() => order(store.jobs.current()?.order), { timeout: 10_000, interval: 20 }).toBe(true);
      return store.jobs.current()?.order ?? '';
    };
    const make = (count: number): void => {
      for (let part = 0; part < count; part++) {
        sequence += 1;
        const verdict = sequence % 10 === 0 ? ('nok' as const) : ('ok' as const);
        store.keep(arrivals(aRecord({ station: 'S1', sequence, verdict })), 0);
      }
      pump.wake();
    };
    const isRunning = (): boolean => store.jobs.current()?.state === 'running';
    const first = await until((now) => now !== undefined && isRunning());
    make(20);
    expect(store.jobs.current()?.counts).toEqual({ ok: 18, nok: 2, unsure: 0, error: 0 });
    make(20);
    const second = await until((now) => now !== undefined && now !== first && isRunning());
    mes.knob('orders', '0');
    make(10);
    await expect.poll(async () => (await counts()).orders[second]?.ok, { timeout: 5000 }).toBe(9);
    const { orders, responses } = await counts();
    expect(orders[first]).toEqual({ ok: 36, nok: 4, unsure: 0, error: 0 });
    expect(responses[first]).toMatchObject({ state: 'ended', counts: orders[first] });
    expect(store.part({ lane: 'lane-1', sequence: 45 })).toMatchObject({ order: second, lot: second.replace('PO', 'L') });
  });
});
