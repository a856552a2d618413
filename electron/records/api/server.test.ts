import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { StationStatus } from '../../contract/api.ts';
import type { LineStatusFact, PreviewFact } from '../../contract/facts.ts';
import { httpClient, wsClient } from '../../../test/records/client.ts';
import { aRecord } from '../../../test/records/record.ts';
import { arrivals } from '../../../test/records/store.ts';
import { aStation } from '../../../test/records/station.ts';

const aStatus: LineStatusFact = { type: 'status', lanes: [], waitingRecords: 3, isFull: false };

/** Asks with a path and headers as they stand; `fetch` would tidy both up. */
const ask = (url: string, path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const asking = request({ hostname, port, path, headers }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => (body += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    asking.on('error', reject);
    asking.end();
  });

describe('questions over HTTP', () => {
  it('are answered, several in one request', async () => {
    const { url, store, board } = await aStation();
    store.keep(arrivals(aRecord({ sequence: 1 }), aRecord({ sequence: 2, verdict: 'nok', reason: 'missing', reject: true })), 0);
    board.lineConnected(true);
    board.line(aStatus);
    const client = httpClient(url);
    const [status, parts, part, trend, pareto] = await Promise.all([
      client.status.query(),
      client.recentParts.query({ lane: 'lane-1', verdicts: ['nok', 'unsure'], limit: 5 }),
      client.part.query({ lane: 'lane-1', sequence: 1 }),
      client.trend.query({ lane: 'lane-1', minutes: 5 }),
      client.pareto.query({ lane: 'lane-1', hours: 168 }),
    ]);
    expect(status).toMatchObject({
      station: 'test',
      line: { waitingRecords: 3 },
      store: { records: 2, unreported: 2 },
    });
    expect(status.mes).toEqual({ state: 'connecting', message: '', waiting: 2, acknowledged: 0 });
    expect(parts).toMatchObject([{ sequence: 2, reason: 'missing', reject: true, hasPicture: false }]);
    expect(part).toEqual(aRecord({ sequence: 1 }));
    expect(trend).toHaveLength(5);
    expect(pareto).toEqual([]);
  });

  it('about a lane that is not there find nothing', async () => {
    const { url } = await aStation();
    const client = httpClient(url);
    const about = { lane: 'nobody', limit: 5 };
    expect(await client.events.query(about)).toEqual([]);
    expect((await client.parts.query(about)).parts).toEqual([]);
  });

  it('that break the schema are refused, without a word about our code', async () => {
    const { url } = await aStation();
    const input = encodeURIComponent(JSON.stringify({ lane: 'lane-1', verdicts: ['all'], limit: 1e9 }));
    const { status, body } = await ask(url, `/api/recentParts?input=${input}`);
    expect(status).toBe(400);
    expect(body).not.toContain('.ts:');
    expect((await ask(url, '/api/noSuchCall')).status).toBe(404);
  });
});

describe('the status over a WebSocket', () => {
  it('comes at once and at every change', async () => {
    const { url, board } = await aStation();
    const client = wsClient(url);
    const seen: StationStatus[] = [];
    await new Promise<void>((resolve, reject) => {
      const subscription = client.watchStatus.subscribe(undefined, {
        onData(status) {
          seen.push(status);
          if (seen.length === 1) board.lineConnected(true);
          if (status.line === null) board.line(aStatus);
          else {
            subscription.unsubscribe();
            resolve();
          }
        },
        onError: reject,
      });
    });
    expect(seen[0]?.alarms.map(({ id }) => id)).toEqual(['line-away']);
    expect(seen.at(-1)).toMatchObject({ line: { waitingRecords: 3 }, alarms: [] });
  });
});

describe('WebSockets without end', () => {
  it('do not lock out the screen of this machine', async () => {
    const { wsUrl } = await aStation();
    const open = async (path: string): Promise<WebSocket> => {
      const socket = new WebSocket(`${wsUrl}${path}`);
      onTestFinished(() => socket.terminate());
      await once(socket, 'open');
      return socket;
    };
    const idle: WebSocket[] = [];
    for (let n = 0; n < 64; n++) idle.push(await open('/preview/lane-1'));
    await open('/api');
    const left = (): number => idle.filter(({ readyState }) => readyState === WebSocket.OPEN).length;
    await expect.poll(left).toBe(63);
  });

  it('are no help to watch the status more than a few times', async () => {
    const { wsUrl } = await aStation();
    const socket = new WebSocket(`${wsUrl}/api`);
    onTestFinished(() => socket.terminate());
    await once(socket, 'open');
    const watched = new Set<number>();
    const refused = new Map<number, string>();
    type Answer = { id: number; result?: { type: string }; error?: { message: string } };
    socket.on('message', (message: Buffer) => {
      if (message.toString() === 'PING') return;
      const { id, result, error } = JSON.parse(message.toString()) as Answer;
      if (result?.type === 'data') watched.add(id);
      if (error !== undefined) refused.set(id, error.message);
    });
    const say = (what: object): void => socket.send(JSON.stringify(what));
    const watch = (id: number): void => say({ id, method: 'subscription', params: { path: 'watchStatus' } });
    for (let id = 1; id <= 200; id++) watch(id);
    await expect.poll(() => [[...watched], refused.size]).toEqual([[1, 2, 3, 4], 196]);
    expect(new Set(refused.values())).toEqual(
      new Set(['A connection may watch the status 4 times at once. End one of them first.']),
    );
    say({ id: 1, method: 'subscription.stop' });
    await expect
      .poll(() => {
        watch(201);
        return watched.has(201);
      })
      .toBe(true);
  });
});

describe('previews', () => {
  const aPreview: PreviewFact = {
    ...{ type: 'preview', lane: 'lane-1', frameSequence: 9, width: 4, height: 3, jpeg: Uint8Array.of(0xff, 0xd8, 0xff) },
    verdict: { kind: 'nok', reason: 'missing', confidence: 0.9, partId: 5 },
    roi: { x: 1, y: 2, width: 3, height: 4 },
    frameSize: { width: 16, height: 9 },
  };
  const read = (message: Buffer): unknown => {
    const length = message.readUInt32BE(0);
    return { ...JSON.parse(message.toString('utf8', 4, 4 + length)), jpeg: [...message.subarray(4 + length)] };
  };

  const nextFrom = (socket: WebSocket): Promise<unknown> =>
    new Promise((resolve) => socket.once('message', (message: Buffer) => resolve(read(message))));

  it('come as header and JPEG, the newest first', async () => {
    const { wsUrl, previews } = await aStation();
    previews.show(aPreview);
    const socket = new WebSocket(`${wsUrl}/preview/lane-1`);
    onTestFinished(() => socket.terminate());
    const { type: _, lane: __, ...expected } = { ...aPreview, jpeg: [0xff, 0xd8, 0xff] };
    expect(await nextFrom(socket)).toEqual(expected);
    previews.show({ ...aPreview, lane: 'lane-2', frameSequence: 10 });
    previews.show({ ...aPreview, frameSequence: 11, verdict: null });
    expect(await nextFrom(socket)).toEqual({ ...expected, frameSequence: 11, verdict: null });
  });

  it('are no more than one on their way to a screen that does not keep up', async () => {
    const { wsUrl, previews } = await aStation();
    const socket = new WebSocket(`${wsUrl}/preview/lane-1`);
    onTestFinished(() => socket.terminate());
    await once(socket, 'open');
    socket.pause();
    const megabyte = new Uint8Array(1024 * 1024);
    for (let frameSequence = 1; frameSequence <= 50; frameSequence++) {
      previews.show({ ...aPreview, frameSequence, jpeg: megabyte });
      await new Promise((resolve) => setImmediate(resolve));
    }
    let received = 0;
    socket.on('message', () => (received += 1));
    socket.resume();
    const { promise: last, resolve } = Promise.withResolvers<void>();
    const retry = setInterval(() => previews.show({ ...aPreview, frameSequence: 99 }), 20);
    socket.on('message', (message: Buffer) => (read(message) as { frameSequence: number }).frameSequence === 99 && resolve());
    await last;
    clearInterval(retry);
    expect(received).toBeLessThan(30);
  });
});

describe('strangers', () => {
  const statusOf = async (url: string, options: { origin?: string; host?: string } = {}): Promise<number> => {
    const headers = options.host === undefined ? {} : { host: options.host };
    const socket = new WebSocket(url, { headers, ...(options.origin === undefined ? {} : { origin: options.origin }) });
    onTestFinished(() => socket.terminate());
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(101));
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', reject);
    });
  };

  it('from other pages get no WebSocket; our own page and programs do', async () => {
    const { url, wsUrl } = await aStation();
    for (const path of ['/api', '/preview/lane-1']) {
      expect(await statusOf(`${wsUrl}${path}`, { origin: 'https://evil.example' })).toBe(403);
      expect(await statusOf(`${wsUrl}${path}`, { origin: 'null' })).toBe(403);
      expect(await statusOf(`${wsUrl}${path}`, { origin: url })).toBe(101);
      expect(await statusOf(`${wsUrl}${path}`)).toBe(101);
      expect(await statusOf(`${wsUrl}${path}`, { origin: 'http://evil.example', host: 'evil.example' })).toBe(421);
    }
    expect(await statusOf(`${wsUrl}/preview/nobody`)).toBe(404);
  });

  it('under a foreign name (DNS rebinding) or from a foreign page get no answer over HTTP', async () => {
    const { url } = await aStation();
    expect((await ask(url, '/api/status', { host: 'evil.example' })).status).toBe(421);
    expect((await ask(url, '/api/status', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask(url, '/api/status')).status).toBe(200);
  });

  it('cannot send much', async () => {
    const { url } = await aStation();
    const answer = await fetch(`${url}/api/status`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: `"${'x'.repeat(100_000)}"`,
    });
    expect(answer.status).toBe(413);
  });
});

describe('files', () => {
  it('of the screen are served with their headers, and nothing beside them', async () => {
    const { url } = await aStation();
    const page = await fetch(url);
    expect(await page.text()).toBe('<title>Screen</title>');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const script = await fetch(`${url}/assets/main-1a2b.js`);
    expect([await script.text(), script.headers.get('cache-control')]).toEqual(['run();', 'public, max-age=31536000, immutable']);
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '//etc/passwd',
      '/assets/',
    ]) {
      const { status, body } = await ask(url, path);
      expect([path, status >= 400, body.includes('not for you')]).toEqual([path, true, false]);
    }
  });

  it('that are not built yet are missed with the command that builds them', async () => {
    const { url } = await aStation(false);
    const page = await fetch(url);
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('npm run setup');
  });

  it('of the archive are served by lane and sequence', async () => {
    const { url, archive } = await aStation();
    const jpeg = Uint8Array.of(0xff, 0xd8, 1, 2, 3);
    const about = { type: 'picture', lane: 'lane-1', partId: 1, verdict: 'nok', decidedAtMs: 0, jpeg } as const;
    archive.keep({ ...about, sequence: 12, thumbnail: Uint8Array.of(4, 5, 6) });
    await archive.close();
    const picture = await fetch(`${url}/pictures/lane-1/12.jpg`);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    const served = new Uint8Array(await picture.arrayBuffer());
    expect([...served.subarray(-jpeg.length + 2)]).toEqual([...jpeg.subarray(2)]);
    expect(await (await fetch(`${url}/thumbnails/lane-1/12.jpg`)).bytes()).toEqual(Uint8Array.of(4, 5, 6));
    for (const path of [
      '/pictures/lane-1/13.jpg',
      '/thumbnails/lane-1/13.jpg',
      '/pictures/lane-1/12.png',
      '/pictures/..%2flane-1/12.jpg',
      '/pictures/lane-1/..%2f12.jpg',
    ])
      expect((await ask(url, path)).status).toBe(404);
  });

  it('/healthz tells that the process works', async () => {
    const { url } = await aStation();
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ station: 'test', line: false, records: 0 });
  });
});
