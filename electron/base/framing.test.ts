import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeMessage, readMessages } from './framing.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

const pair = async (): Promise<[Socket, Socket]> => {
  const path = join(mkdtempSync(join(tmpdir(), 'linegate-')), 's.sock');
  const server = createServer().listen(path);
  await once(server, 'listening');
  const client = connect(path);
  const [peer] = (await once(server, 'connection')) as [Socket];
  open.push(server, { close: () => client.destroy() }, { close: () => peer.destroy() });
  return [client, peer];
};

describe('framing', () => {
  it('delivers whole messages, however the bytes are cut', async () => {
    const [client, peer] = await pair();
    const messages = [{ n: 1 }, { jpeg: new Uint8Array([1, 2, 3]) }, { text: 'ä'.repeat(5000) }];
    const bytes = Buffer.concat(messages.map(encodeMessage));
    const heard: unknown[] = [];
    const all = new Promise<void>((resolve) =>
      readMessages(peer, (message) => {
        heard.push(message);
        if (heard.length === messages.length) resolve();
      }),
    );
    for (let at = 0; at < bytes.length; at += 7) client.write(bytes.subarray(at, at + 7));
    await all;
    expect(heard).toMatchObject([{ n: 1 }, {}, { text: 'ä'.repeat(5000) }]);
    expect(Array.from((heard[1] as { jpeg: Uint8Array }).jpeg)).toEqual([1, 2, 3]);
  });

  it('drops a peer that claims an absurd length', async () => {
    const [client, peer] = await pair();
    const failure = once(peer, 'end').catch((error: unknown) => error);
    readMessages(peer, () => expect.unreachable());
    client.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0]));
    expect(String(await failure)).toMatch(/4294967295 bytes is not ours/);
    expect(peer.destroyed).toBe(true);
  });
});
