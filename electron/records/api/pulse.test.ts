import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { openPreviews } from './previews.ts';

const pingMs = 40;

it('a screen of live pictures that answers no ping is ended, one that does stays', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  const previews = openPreviews(pingMs);
  server.on('connection', (socket) => previews.join('lane-1', socket));
  await once(server, 'listening');
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const open = async (autoPong: boolean): Promise<WebSocket> => {
    const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, { autoPong });
    await once(socket, 'open');
    return socket;
  };
  const lively = await open(true);
  await once(await open(false), 'close');
  await sleep(3 * pingMs);
  expect(lively.readyState).toBe(WebSocket.OPEN);
});
