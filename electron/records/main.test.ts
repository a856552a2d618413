import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FromProcess } from '../contract/process.ts';
import { aRecord } from '../../test/records/record.ts';
import { httpClient } from '../../test/records/client.ts';
import { openTestLine } from '../../test/records/line.ts';
import { aStationFile } from '../../test/records/stationFile.ts';
import { aFactsSocket } from '../../test/records/store.ts';

const aStationAt = (port: number): { file: string; socket: string } => {
  const { folder, file } = aStationFile(`[api]\nport = ${port}\n`);
  return { file, socket: aFactsSocket(folder) };
};

const start = (file: string): ChildProcess & { said(): string } => {
  const child = fork(join(import.meta.dirname, 'main.ts'), ['--station', file], {
    ...{ execArgv: ['--disable-warning=ExperimentalWarning'], serialization: 'advanced', stdio: ['ignore', 1, 'pipe', 'ipc'] },
  });
  let said = '';
  child.stderr?.on('data', (chunk) => (said += chunk));
  onTestFinished(() => void child.kill('SIGKILL'));
  return Object.assign(child, { said: () => said });
};
const heard = (child: ChildProcess, type: FromProcess['type']): Promise<FromProcess> =>
  new Promise((resolve) => child.on('message', (message: FromProcess) => message.type === type && resolve(message)));

/** A port that was free a moment ago. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

describe('the records process', () => {
  it('is ready, works, is killed, is ready again with all it acknowledged, and stops when told', async () => {
    const port = await freePort();
    const { file, socket } = aStationAt(port);
    const first = start(file);
    await heard(first, 'ready');
    const line = await openTestLine(socket);
    for (const sequence of [1, 2, 3]) line.send({ type: 'record', record: aRecord({ sequence }) });
    await line.heard((fact) => fact.type === 'kept' && fact.sequence === 3);
    first.kill('SIGKILL');
    await line.ended;

    const second = start(file);
    await heard(second, 'ready');
    const again = await openTestLine(socket);
    expect(await again.heard(({ type }) => type === 'hello')).toEqual({ type: 'hello', lastSequence: { 'lane-1': 3 } });
    expect(await heard(second, 'heartbeat')).toMatchObject({ work: 3 });
    expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()).toEqual({ station: 'test', line: false, records: 3 });
    second.send({ type: 'stop' });
    expect(await once(second, 'exit')).toEqual([0, null]);
  });

  it('is refused while another has the data folder', async () => {
    const { file } = aStationAt(await freePort());
    const first = start(file);
    await heard(first, 'ready');
    const second = start(file);
    expect(await once(second, 'exit')).toEqual([1, null]);
    expect(second.said()).toContain('Another Linegate already keeps its records');
    first.kill('SIGTERM');
    expect(await once(first, 'exit')).toEqual([0, null]);
  });

  it('keeps records while another program has its port, and serves screens when that is free', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { file, socket } = aStationAt((squatter.address() as AddressInfo).port);
    const child = start(file);
    await heard(child, 'heartbeat');
    const line = await openTestLine(socket);
    line.send({ type: 'record', record: aRecord() });
    await line.heard(({ type }) => type === 'kept');
    expect(child.said()).toContain('Stop the program that has this address');
    squatter.close();
    await heard(child, 'ready');
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('serves screens with one alarm while the disk gives it no place, and keeps records when it does', async () => {
    const port = await freePort();
    const { file, socket } = aStationAt(port);
    const data = join(dirname(file), 'data');
    writeFileSync(data, 'a file where the folder should be');
    const child = start(file);
    await heard(child, 'heartbeat');
    const client = httpClient(`http://127.0.0.1:${port}`);
    const { alarms } = await client.status.query();
    expect(alarms.map(({ id }) => id)).toEqual(['store-fault']);
    expect(alarms[0]?.detail).not.toBe('');
    rmSync(data);
    await heard(child, 'ready');
    const line = await openTestLine(socket);
    line.send({ type: 'record', record: aRecord() });
    await line.heard(({ type }) => type === 'kept');
    child.send({ type: 'stop' });
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('names what is wrong with its station file', async () => {
    const child = start('/nowhere/station.toml');
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(child.said()).toContain('There is no station file /nowhere/station.toml');
  });
});
