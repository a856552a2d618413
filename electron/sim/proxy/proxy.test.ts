import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProxy, type Proxy } from './proxy.ts';

const listening = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

describe('fault proxy', () => {
  let echo: Server;
  let proxy: Proxy;
  let port: number;
  let open: Socket[];
  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => socket.destroy()).pipe(socket));
    const target = await listening(echo);
    const probe = createServer();
    port = await listening(probe);
    probe.close();
    proxy = await openProxy(port, target);
    open = [];
  });
  afterEach(() => {
    for (const socket of open) socket.destroy();
    proxy.close();
    echo.close();
  });
  const client = async (): Promise<{ socket: Socket; heard: () => string; ended: () => boolean }> => {
    const socket = connect(port, '127.0.0.1');
    open.push(socket);
    let heard = '';
    let ended = false;
    socket.on('data', (data) => (heard += data.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => (ended = true));
    await once(socket, 'connect');
    return { socket, heard: () => heard, ended: () => ended };
  };

  it('keeps the order of what passes when the delay falls', async () => {
    const { socket, heard } = await client();
    proxy.delay(100);
    socket.write('first ');
    await expect.poll(() => proxy.counts().bytes).toBe(6);
    proxy.delay(0);
    socket.write('second');
    await expect.poll(heard).toBe('first second');
  });

  it('swallows without closing', async () => {
    const { socket, heard, ended } = await client();
    socket.write('a');
    await expect.poll(heard).toBe('a');
    proxy.swallow(true);
    socket.write('b');
    const other = await client();
    other.socket.write('x');
    other.socket.end();
    await once(other.socket, 'finish');
    proxy.swallow(false);
    socket.write('c');
    await expect.poll(heard).toBe('ac');
    expect([ended(), other.heard()]).toEqual([false, '']);
  });

  it('cuts what is open and turns away who comes', async () => {
    const { ended } = await client();
    proxy.cut();
    await expect.poll(ended).toBe(true);
    proxy.refuse(true);
    const refused = await client();
    await expect.poll(refused.ended).toBe(true);
    expect(proxy.counts().connections).toBe(2);
  });
});
