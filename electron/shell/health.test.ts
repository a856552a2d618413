import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { isHealthy, untilHealthy } from './health.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const serve = async (answers: number[]): Promise<URL> => {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/healthz' ? (answers.shift() ?? 200) : 404).end('{}');
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
};

describe('health of the station', () => {
  it('waits until the station answers well', async () => {
    const answers = [503, 503, 200];
    const home = await serve(answers);
    await untilHealthy(home, new AbortController().signal);
    expect(answers).toEqual([]);
  });

  it('is not there when nobody listens', async () => {
    const home = await serve([]);
    servers.splice(0).forEach((server) => server.close());
    expect(await isHealthy(home, new AbortController().signal)).toBe(false);
  });

  it('stops asking when it is told to', async () => {
    const home = await serve(Array<number>(100).fill(503));
    const ended = new AbortController();
    const waiting = untilHealthy(home, ended.signal);
    ended.abort();
    await expect(waiting).rejects.toThrow();
  });
});
