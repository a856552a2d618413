import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../electron/cli/freePort.ts';
import type { MesStatus } from '../../electron/contract/api.ts';
import type { MesCounts } from '../../electron/contract/wiring.ts';
import { type MesPump, openMes, type ReportSource } from '../../electron/records/mes/mes.ts';
import { type SimChild, startSim } from '../../electron/sim/child.ts';
import { type DemoPaths, provisionDemo } from '../../electron/sim/provision.ts';
import { aRecord } from '../records/record.ts';

const main = fileURLToPath(new URL('../../electron/sim/mes/main.ts', import.meta.url));

/** Reports in memory, in the order of their making. */
const openOutbox = () => {
  const waiting = new Map<string, string>();
  const acknowledged: string[] = [];
  const refused: string[] = [];
  const source: ReportSource = {
    next: (limit) => [...waiting].slice(0, limit).map(([id, json]) => ({ id, json })),
    acknowledge(ids) {
      for (const id of ids) if (waiting.delete(id)) acknowledged.push(id);
    },
    refused(id, why) {
      refused.push(`${id} ${why}`);
      if (refused.filter((each) => each.startsWith(`${id} `)).length === 2) waiting.delete(id);
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
  let pump: MesPump;
  let status: Pick<MesStatus, 'state' | 'message'>;

  const startMes = (): Promise<SimChild> => {
    const login = ['--pki', paths.mesPki, '--user', paths.userName, '--password-file', paths.passwordFile];
    return startSim('MES', main, ['--port', `${port}`, ...login]);
  };
  const open = (source: ReportSource, methodId = 'ns=1;s=Mes.ReportResults'): MesPump => {
    const login = { userName: paths.userName, passwordFile: paths.passwordFile, securityPolicy: 'Basic256Sha256' as const };
    const config = { endpoint: `opc.tcp://127.0.0.1:${port}`, ...login, objectId: 'ns=1;s=Mes', methodId };
    return openMes(config, paths.stationPki, source, (now) => {
      status = now;
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
    await expect.poll(async () => (await counts()).received, { interval: 10 }).toBe(200);
    mes.knob('away', 'on');
    await expect.poll(() => status.state, { timeout: 5000, interval: 10 }).toBe('away');
    expect(outbox.acknowledged).toEqual([]);
    ids.push(...outbox.put('lane-1', 251, 500));
    pump.wake();
    mes.knob('answer-delay', '0');
    mes.knob('away', 'off');
    await empty(outbox);
    expect(outbox.acknowledged).toEqual(ids);
    expect(await counts()).toEqual({
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

  it('says that the method is not there', async () => {
    pump = open(openOutbox().source, 'ns=1;s=Mes.Nothing');
    await expect
      .poll(() => status, { timeout: 5000 })
      .toMatchObject({
        state: 'away',
        message: expect.stringMatching(/has no method ns=1;s=Mes.Nothing.*methodId/) as string,
      });
  });
});
