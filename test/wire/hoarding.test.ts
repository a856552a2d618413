import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { keepOpcuaSession } from '../../electron/base/opcuaClient.ts';
import { greet, hello } from '../faults/hello.ts';
import { aServer } from './server.ts';

it('hoarded connections lock nobody out of the OPC UA server, and cost no session', async () => {
  const { server, port, login } = await aServer();
  const [closing, hoard] = [new AbortController(), [] as Socket[]];
  let [opened, aways] = [0, 0];
  const session = keepOpcuaSession(
    login,
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
