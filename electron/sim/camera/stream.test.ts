import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { frameHeight, frameWidth } from './light.ts';
import { mostUnsent, type FrameStream, openStream, type Shot, stampBytes } from './stream.ts';

const frameBytes = frameWidth * frameHeight;
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

const openOne = async (): Promise<{ stream: FrameStream; port: number }> => {
  const port = await freePort();
  const stream = await openStream(port);
  open.push(() => stream.plug(true));
  return { stream, port };
};

const client = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  open.push(() => socket.destroy());
  await once(socket, 'connect');
  // The server learns of it a moment later.
  await sleep(20);
  return socket;
};

/** A frame filled with its number. */
const send = (stream: FrameStream, number: number): { taken: number; missed: number; shot: Shot } => {
  const shot = { bytes: Buffer.alloc(frameBytes, number), holders: 0 };
  return { ...stream.send(Buffer.alloc(stampBytes, number), shot), shot };
};

const read = async (socket: Socket, bytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length >= bytes) break;
  }
  return Buffer.concat(chunks);
};

const wholeFrames = (bytes: Buffer): number[] =>
  Array.from({ length: Math.floor(bytes.length / frameBytes) }, (_, i) => {
    const frame = bytes.subarray(i * frameBytes, (i + 1) * frameBytes);
    expect(frame.every((value) => value === frame[0])).toBe(true);
    return frame[0] ?? -1;
  });

describe('stream', () => {
  it('begins with a whole frame for whoever comes, and gives every frame whole and in order', async () => {
    const { stream, port } = await openOne();
    send(stream, 1);
    const first = await client(port);
    send(stream, 2);
    const two = await read(first, frameBytes);
    const second = await client(port);
    const both = send(stream, 3);
    expect(both.taken).toBe(2);
    expect(wholeFrames(two)).toEqual([2]);
    expect(wholeFrames(await read(first, frameBytes))).toEqual([3]);
    expect(wholeFrames(await read(second, frameBytes))).toEqual([3]);
  });

  it('drops whole frames for a client that does not read, and keeps only a few of them', async () => {
    const { stream, port } = await openOne();
    const slow = await client(port);
    slow.pause();
    const shots: Shot[] = [];
    let missed = 0;
    for (let n = 1; n <= 60; n++) {
      const sent = send(stream, n);
      shots.push(sent.shot);
      missed += sent.missed;
      await sleep(1);
    }
    expect(missed).toBeGreaterThan(20);
    expect(shots.filter(({ holders }) => holders > 0).length).toBeLessThanOrEqual(mostUnsent);
    const got = wholeFrames(await read(slow, (60 - missed) * frameBytes));
    expect(got).toEqual(got.toSorted((a, b) => a - b));
    expect(new Set(got).size).toBe(60 - missed);
  });

  it('lets go of a frame when its client is gone', async () => {
    const { stream, port } = await openOne();
    const gone = await client(port);
    gone.pause();
    const shots = Array.from({ length: 12 }, (_, i) => send(stream, i).shot);
    gone.destroy();
    await expect.poll(() => shots.every(({ holders }) => holders === 0)).toBe(true);
    expect(send(stream, 1)).toMatchObject({ taken: 0, missed: 0 });
  });

  it('refuses everybody while the plug is pulled, and comes back by itself', async () => {
    const { stream, port } = await openOne();
    const one = await client(port);
    const closed = once(one, 'close');
    stream.plug(50);
    await closed;
    const refused = connect(port, '127.0.0.1');
    const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
    await expect
      .poll(() =>
        client(port).then(
          (socket) => socket.readyState,
          () => 'refused',
        ),
      )
      .toBe('open');
  });

  it('says so when the port is taken', async () => {
    const { port } = await openOne();
    await expect(openStream(port)).rejects.toThrow(/cannot listen on port/);
  });
});
