import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { keepOpcuaSession } from '../../electron/base/opcuaClient.ts';
import { buildOpcuaServer } from '../../electron/base/opcuaServer.ts';
import { freePort } from '../../electron/cli/freePort.ts';
import { makeCertificates } from '../../electron/sim/certificates.ts';
import { greet, hello } from '../faults/hello.ts';

it('hoarded connections lock nobody out of the OPC UA server, and cost no session', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-hoarding-'));
  const [line, plc] = [join(folder, 'line'), join(folder, 'plc')];
  const applications = [
    { name: 'line', pki: line, trusts: ['plc'] },
    { name: 'plc', pki: plc, trusts: ['line'] },
  ];
  await makeCertificates(applications, Date.now());
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, 'p');
  const port = await freePort(24_800);
  const server = await buildOpcuaServer({ name: 'PLC', port, pki: plc, userName: 'u', password: 'p' });
  await server.start();
  const [closing, hoard] = [new AbortController(), [] as Socket[]];
  let [opened, aways] = [0, 0];
  const session = keepOpcuaSession(
    {
      ...{ peer: 'PLC', endpoint: `opc.tcp://127.0.0.1:${port}`, securityPolicy: 'Basic256Sha256', pki: line },
      ...{ missingCrl: 'refuse', userName: 'u', passwordFile, firstWaitMs: 50, mostWaitMs: 100, sessionTimeoutMs: 60_000 },
    },
    {
      async use(_session, lost) {
        opened += 1;
        if (!lost.aborted) await once(lost, 'abort');
      },
      onAway: () => (aways += 1),
    },
    closing.signal,
  );
  onTestFinished(async () => {
    for (const socket of hoard) socket.destroy();
    closing.abort();
    await session;
    await server.shutdown();
  });
  await expect.poll(() => opened, { timeout: 10_000 }).toBe(1);
  const patienceMs = 5000;
  for (let n = 0; n < 300; n++) hoard.push(connect(port, '127.0.0.1').on('error', () => undefined));
  // All at once, while the hoard still comes: nobody is turned away.
  const greetings = await Promise.all(Array.from({ length: 5 }, () => greet(port, hello(port), patienceMs)));
  expect(greetings.filter((ms) => ms >= patienceMs)).toEqual([]);
  await expect.poll(() => hoard.filter((socket) => socket.resume().closed).length, { timeout: 10_000 }).toBeGreaterThan(200);
  expect([opened, aways]).toEqual([1, 0]);
});
