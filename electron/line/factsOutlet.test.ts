import { mkdtempSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readMessages } from '../base/framing.ts';
import type { FromLine, LineStatusFact, PreviewFact } from '../contract/facts.ts';
import type { PartRecord } from '../contract/record.ts';
import { openFactsOutlet } from './factsOutlet.ts';

const fact = (sequence: number, bytes = 0): FromLine => ({
  type: 'record',
  record: { lane: 'a', sequence, reason: ' '.repeat(bytes) } as PartRecord,
});
const facts = (count: number): FromLine[] => Array.from({ length: count }, (_, index) => fact(index + 1));
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const patience = { timeout: 10_000 };
const status: LineStatusFact = { type: 'status', lanes: [], waitingRecords: 0, isFull: false };
const preview = { type: 'preview', lane: 'a' } as PreviewFact;

/** A connection over a real socket; `peer` hears what is written. */
const aConnection = async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'linegate-')), 'facts.sock');
  const heard: (number | string)[] = [];
  const { promise: connected, resolve } = Promise.withResolvers<Socket>();
  const server = createServer(resolve);
  await new Promise<void>((listening) => server.listen(path, listening));
  const socket = connect(path);
  const peer = await connected;
  readMessages(peer, (message) => {
    const told = message as FromLine;
    heard.push(told.type === 'record' ? told.record.sequence : told.type);
  });
  onTestFinished(() => {
    socket.destroy();
    peer.destroy();
    server.close();
  });
  return { socket, peer, heard };
};

const loopTurns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
};

describe('the way of facts into a connection', () => {
  it('puts what comes meanwhile behind what waits, and forgets what is of the moment', async () => {
    const { socket, heard } = await aConnection();
    const outlet = openFactsOutlet(socket, facts(500).values());
    const late = fact(502);
    outlet.send(fact(501));
    outlet.send(late);
    outlet.drop(late);
    outlet.tell(preview);
    outlet.tell(status);
    await expect.poll(() => heard.length, patience).toBe(502);
    expect(heard.filter((each) => each !== 'status')).toEqual(numbers(501));
    outlet.tell(preview);
    outlet.send(fact(502));
    await expect.poll(() => heard.slice(-2)).toEqual(['preview', 502]);
  });

  it('writes no more than a peer that is slow takes, and all of it when it is quick again', async () => {
    const { socket, peer, heard } = await aConnection();
    peer.pause();
    const outlet = openFactsOutlet(socket, facts(5000).values());
    await loopTurns(200);
    expect(socket.writableLength).toBeLessThan(socket.writableHighWaterMark * 2);
    peer.resume();
    await expect.poll(() => heard.length, patience).toBe(5000);
    peer.pause();
    // What comes when all has been caught up is written at once, up to a few megabytes.
    for (let sequence = 1; sequence <= 200; sequence++) outlet.send(fact(5000 + sequence, 100_000));
    expect(socket.writableLength).toBeLessThan(5 * 1024 * 1024);
    peer.resume();
    await expect.poll(() => heard.length, patience).toBe(5200);
    expect(heard).toEqual(numbers(5200));
  });

  it('writes nothing after it was closed', async () => {
    const { socket, heard } = await aConnection();
    const outlet = openFactsOutlet(socket, facts(500).values());
    outlet.close();
    await loopTurns(20);
    await expect.poll(() => heard).toEqual(numbers(100));
  });
});
