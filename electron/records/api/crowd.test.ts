import { EventEmitter, once } from 'node:events';
import { createServer, get } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeRoom, openSeats } from './crowd.ts';

const most = 8;

it('lets the longest silent go for who comes, and keeps who asks and who has a WebSocket', async () => {
  const server = createServer((_request, response) => response.end('well')).listen(0, '127.0.0.1');
  server.on('upgrade', (_request, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  makeRoom(server, most);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const open = async (says = ''): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket.on('error', () => undefined));
    await once(socket, 'connect');
    // What is not read is not closed either.
    if (says === '') socket.resume();
    else socket.write(says);
    return socket;
  };
  const upgraded = await open('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await once(upgraded, 'data');
  const asking = await open();
  const silent: Socket[] = [];
  for (let n = 0; n < most - 1; n++) silent.push(await open());
  asking.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await once(asking, 'data');
  const status = await new Promise<number | undefined>((resolve, reject) => {
    get({ port, host: '127.0.0.1', agent: false }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
  });
  expect(status).toBe(200);
  await expect.poll(() => silent.map(({ destroyed }) => destroyed)).toEqual([true, ...Array<boolean>(most - 2).fill(false)]);
  expect([upgraded.destroyed, asking.destroyed]).toEqual([false, false]);
});

describe('seats for WebSockets', () => {
  const seatsFor = (...from: ('here' | 'elsewhere')[]) => {
    const seats = openSeats(from.length);
    const ended: number[] = [];
    const sockets = from.map((where, place) => {
      const socket = Object.assign(new EventEmitter(), { terminate: () => ended.push(place) });
      expect(seats.admit(where === 'here')).toBe(true);
      seats.take(socket as unknown as Parameters<typeof seats.take>[0], where === 'here');
      return socket;
    });
    return { seats, ended, sockets };
  };

  it('are for this machine when all are taken: the longest from elsewhere go, one each time, then the longest of all', () => {
    const { seats, ended } = seatsFor('here', 'elsewhere', 'here', 'elsewhere');
    expect(seats.admit(false)).toBe(false);
    expect([ended, seats.admit(true), ended]).toEqual([[1], true, [1]]);
    const next = Object.assign(new EventEmitter(), { terminate: () => ended.push(4) });
    seats.take(next as unknown as Parameters<typeof seats.take>[0], true);
    expect(seats.admit(true)).toBe(true);
    expect(ended).toEqual([1, 3]);
    seats.take(next as unknown as Parameters<typeof seats.take>[0], true);
  });

  it('are free again when their socket has closed', () => {
    const { seats, ended, sockets } = seatsFor('elsewhere', 'here');
    sockets[0]?.emit('close');
    expect([seats.admit(false), ended]).toEqual([true, []]);
  });

  it('never turn away who comes from this machine', () => {
    const { seats, ended } = seatsFor('here', 'here');
    expect([seats.admit(true), ended]).toEqual([true, [0]]);
  });
});
