import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { encodeMessage, readMessages } from '../base/framing.ts';
import type { FromLine, LineEvent } from '../contract/facts.ts';
import type { PartRecord } from '../contract/record.ts';
import { type FactsLink, openFactsLink } from './factsLink.ts';

const path = join(mkdtempSync(join(tmpdir(), 'linegate-')), 'facts.sock');
const patience = { timeout: 10_000 };
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const record = (sequence: number): PartRecord => ({ lane: 'a', sequence }) as PartRecord;

const event = (id: string): LineEvent => ({ id, lane: 'a', kind: 'mode-changed', what: 'x', atMs: 1 });

/** The other end of the socket: hears, and acknowledges what it is told to. */
const openPeer = async (lastSequence: number, acknowledges: boolean | ((sequence: number) => boolean)) => {
  const acknowledge = typeof acknowledges === 'boolean' ? () => acknowledges : acknowledges;
  const heard: number[] = [];
  const ends: number[] = [];
  const events: string[] = [];
  const firsts: boolean[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    readMessages(socket, (message) => {
      const fact = message as FromLine;
      if (fact.type === 'hello') firsts.push(fact.isFirst);
      if (fact.type === 'gateEnd') {
        ends.push(fact.sequence);
        if (acknowledge(fact.sequence)) socket.write(encodeMessage({ type: 'gateEndKept', lane: 'a', sequence: fact.sequence }));
      }
      if (fact.type === 'hello') socket.write(encodeMessage({ type: 'hello', lastSequence: { a: lastSequence } }));
      if (fact.type === 'event') {
        events.push(fact.event.id);
        if (acknowledge(0)) socket.write(encodeMessage({ type: 'eventKept', id: fact.event.id }));
      }
      if (fact.type !== 'record') return;
      heard.push(fact.record.sequence);
      const { sequence } = fact.record;
      if (acknowledge(sequence)) socket.write(encodeMessage({ type: 'kept', lane: 'a', sequence }));
    });
  });
  rmSync(path, { force: true });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const close = (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { heard, ends, events, firsts, close };
};

/** Counts the messages that are written in each turn of the event loop. */
const countTurns = (): number[] => {
  const turns: number[] = [];
  const write = vi.spyOn(Socket.prototype, 'write');
  const turn = (): void => {
    turns.push(write.mock.calls.length);
    write.mockClear();
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  onTestFinished(() => {
    clearImmediate(next);
    write.mockRestore();
  });
  return turns;
};

let link: FactsLink | null = null;
afterEach(() => link?.close());

describe('facts link', () => {
  it('holds records until they are on disk, and sends them again to a new records process', async () => {
    link = openFactsLink({ path, station: 'S', lanes: ['a'] });
    link.keep(record(1));
    const first = await openPeer(0, false);
    expect(await link.begin({}, 1000)).toEqual({ from: { a: 0 }, isBlind: false });
    link.keep(record(2));
    await expect.poll(() => first.heard).toEqual([1, 2]);
    link.gateEnd({ lane: 'a', sequence: 1, outcome: 'executed' });
    expect(link.waiting()).toBe(3);
    await first.close();

    link.keep(record(3));
    const second = await openPeer(0, true);
    await expect.poll(() => second.heard).toEqual([1, 2, 3]);
    await expect.poll(() => second.ends).toEqual([1]);
    expect([first.firsts, second.firsts]).toEqual([[true], [false]]);
    await expect.poll(() => link?.waiting()).toBe(0);
    await second.close();
  });

  it('sends a long queue in pieces, between which the event loop has its turn', async () => {
    link = openFactsLink({ path, station: 'S', lanes: ['a'] });
    for (const sequence of numbers(1, 2000)) link.keep(record(sequence));
    const turns = countTurns();
    const peer = await openPeer(0, false);
    await expect.poll(() => peer.heard.length, patience).toBe(2000);
    expect(peer.heard).toEqual(numbers(1, 2000));
    // The first piece goes with the answer to it, in the same turn as another.
    expect(Math.max(...turns)).toBeLessThan(250);
    await peer.close();
  });

  it('starts a long queue over after a connection that was lost in the middle, without what is on disk', async () => {
    link = openFactsLink({ path, station: 'S', lanes: ['a'] });
    for (const sequence of numbers(1, 5000)) link.keep(record(sequence));
    for (const sequence of numbers(4001, 4300)) link.gateEnd({ lane: 'a', sequence, outcome: 'executed' });
    const { promise: lost, resolve: lose } = Promise.withResolvers<void>();
    const first = await openPeer(0, (sequence) => {
      if (sequence === 2000) lose();
      return sequence <= 1000;
    });
    await lost;
    await first.close();
    expect(first.heard).toEqual(numbers(1, first.heard.length));
    expect(first.heard.length).toBeLessThan(5000);

    const second = await openPeer(0, true);
    await expect.poll(() => second.heard.length, patience).toBeGreaterThan(0);
    link.keep(record(5001));
    link.keepEvent(event('later'));
    await expect.poll(() => link?.waiting(), patience).toBe(0);
    expect(second.heard).toEqual(numbers(1001, 5001));
    expect(second.ends).toEqual(numbers(4001, 4300));
    await expect.poll(() => second.events).toEqual(['later']);
    await second.close();
  });

  it('numbers what was decided before records answered after what records has', async () => {
    link = openFactsLink({ path, station: 'S', lanes: ['a'] });
    expect(await link.begin({}, 1)).toEqual({ from: { a: 0 }, isBlind: true });
    for (const sequence of [1, 2]) link.keep(record(sequence));
    link.gateEnd({ lane: 'a', sequence: 1, outcome: 'commanded' });
    const peer = await openPeer(5_000_000, true);
    await expect.poll(() => peer.heard).toEqual([5_000_001, 5_000_002]);
    await expect.poll(() => peer.ends).toEqual([5_000_001]);
    link.gateEnd({ lane: 'a', sequence: 2, outcome: 'commanded' });
    await expect.poll(() => peer.ends.at(-1)).toBe(5_000_002);
    link.keep(record(3));
    expect(link.numberOf('a', 3)).toBe(5_000_003);
    await expect.poll(() => peer.heard.at(-1)).toBe(5_000_003);
    await expect.poll(() => link?.waiting()).toBe(0);
    await peer.close();

    // Another start of records changes no number any more.
    link.keep(record(4));
    const again = await openPeer(9_000_000, true);
    await expect.poll(() => again.heard).toEqual([5_000_004]);
    await again.close();
  });

  it('holds events until they are on disk, the newest thousand', async () => {
    link = openFactsLink({ path, station: 'S', lanes: ['a'] });
    for (const sequence of numbers(1, 1001)) link.keepEvent(event(`${sequence}`));
    const first = await openPeer(0, false);
    await expect.poll(() => first.events.length, patience).toBe(1000);
    await first.close();
    const second = await openPeer(0, true);
    await expect.poll(() => second.events, patience).toEqual(numbers(2, 1001).map(String));
    // What is answered comes in order: with this all answers are there.
    link.keep(record(1));
    await expect.poll(() => link?.waiting(), patience).toBe(0);
    await second.close();
    link.keepEvent(event('last'));
    const third = await openPeer(0, true);
    await expect.poll(() => third.events, patience).toEqual(['last']);
    await third.close();
  });

  it('says so when it can hold no more', () => {
    link = openFactsLink({ path: `${path}.nobody`, station: 'S', lanes: ['a'], mostWaiting: 2 });
    expect([record(1), record(2), record(3)].map((each) => link?.keep(each))).toEqual([true, true, false]);
    expect(link.waiting()).toBe(2);
    expect(link.isFull()).toBe(true);
  });

  it('is full until there is room for a while', async () => {
    link = openFactsLink({ path, station: 'S', lanes: ['a'], mostWaiting: 20 });
    for (let sequence = 1; sequence <= 20; sequence++) link.keep(record(sequence));
    expect(link.isFull()).toBe(true);
    const peer = await openPeer(0, true);
    await expect.poll(() => link?.waiting()).toBe(0);
    expect(link.isFull()).toBe(false);
    await peer.close();
  });
});
