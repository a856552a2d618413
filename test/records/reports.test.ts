import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FromProcess } from '../../electron/contract/process.ts';
import type { MesCounts } from '../../electron/contract/wiring.ts';
import { type SimChild, startSim } from '../../electron/sim/child.ts';
import { provisionDemo } from '../../electron/sim/provision.ts';
import { openTestLine } from './line.ts';
import { aRecord } from './record.ts';
import { aFactsSocket, aFolder } from './store.ts';

const root = join(import.meta.dirname, '../..');
const lanes = ['lane-1', 'lane-2'];
const laneToml = (name: string): string =>
  `[[lane]]\nname = "${name}"\nrecipe = "none.toml"\ncamera = { kind = "sim", port = 1 }\nplc = { endpoint = "opc.tcp://127.0.0.1:1" }\n`;

/** A station that reports to a simulated MES, both real processes; `line` is the test. */
const aReportingStation = async () => {
  const folder = aFolder();
  const { mesPki, userName, passwordFile } = await provisionDemo(folder);
  const port = 20_000 + (process.pid % 20_000);
  const mes = await startSim('MES', join(root, 'electron/sim/mes/main.ts'), [
    ...['--port', `${port}`, '--pki', mesPki, '--user', userName, '--password-file', passwordFile],
  ]);
  onTestFinished(() => mes.stop());
  const file = join(folder, 'station.toml');
  writeFileSync(
    file,
    `station = "test"\ndataDir = "data"\n[api]\nport = ${port + 1}\n[mes]\nendpoint = "opc.tcp://127.0.0.1:${port}"
userName = "${userName}"\npasswordFile = "${passwordFile}"\n${lanes.map(laneToml).join('')}`,
  );
  return { mes, file, socket: aFactsSocket(folder) };
};

const startRecords = async (file: string): Promise<ChildProcess> => {
  const child = fork(join(root, 'electron/records/main.ts'), ['--station', file], {
    ...{
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      env: { ...process.env, LINEGATE_LOG: 'error' },
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise<void>((resolve) => child.on('message', (message: FromProcess) => message.type === 'ready' && resolve()));
  return child;
};

/** Waits until the MES has `count` reports. */
const received = async (mes: SimChild, count: number): Promise<MesCounts> => {
  for (;;) {
    const counts = (await mes.figures()) as MesCounts;
    if (counts.received >= count) return counts;
    await sleep(50);
  }
};

describe('reports', () => {
  it('all arrive, once and in order, though the MES was away and records was killed on the way', async () => {
    const { mes, file, socket } = await aReportingStation();
    mes.knob('away', 'on');
    let records = await startRecords(file);
    const line = await openTestLine(socket, 'test', lanes);
    for (let sequence = 1; sequence <= 1500; sequence++)
      for (const lane of lanes) line.send({ type: 'record', record: aRecord({ lane, sequence }) });
    for (const of of lanes) await line.heard((fact) => fact.type === 'kept' && fact.lane === of && fact.sequence === 1500);
    mes.knob('away', 'off');
    for (const count of [200, 1400]) {
      await received(mes, count);
      records.kill('SIGKILL');
      await once(records, 'exit');
      records = await startRecords(file);
    }
    const counts = await received(mes, 3000);
    expect(counts).toMatchObject({ received: 3000, refused: 0, outOfOrder: 0 });
    expect(counts.lastSequence).toEqual({ 'test/lane-1': 1500, 'test/lane-2': 1500 });
  });

  it('that the MES refuses for ever do not hold up the others (faults #47)', async () => {
    const { mes, file, socket } = await aReportingStation();
    mes.knob('refuse', 'test/lane-1/2');
    const records = await startRecords(file);
    const line = await openTestLine(socket, 'test', lanes);
    for (const sequence of [1, 2, 3]) line.send({ type: 'record', record: aRecord({ sequence }) });
    expect((await received(mes, 2)).lastSequence).toEqual({ 'test/lane-1': 3 });
    const { promise: setAside, resolve } = Promise.withResolvers<void>();
    records.on('message', (message: FromProcess) => {
      if (message.type === 'figures' && (message.figures as { deadLetters: number }).deadLetters === 1) resolve();
    });
    const asking = setInterval(() => records.send({ type: 'figures' }), 100);
    await setAside;
    clearInterval(asking);
  });
});
