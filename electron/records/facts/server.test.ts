import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { encodeMessage } from '../../base/framing.ts';
import type { FromLine, PreviewFact } from '../../contract/facts.ts';
import { aFolder, aLog, aStore } from '../../../test/records/store.ts';
import { openIntake } from './intake.ts';
import { serveFacts } from './server.ts';
import { aRecord } from '../../../test/records/record.ts';
import { openTestLine, type TestLine } from '../../../test/records/line.ts';

const log = aLog();

/** The real socket, intake and store. */
const serve = async () => {
  const path = join(aFolder(), 'facts.sock');
  writeFileSync(path, 'left behind by a crash');
  const store = aStore();
  const seen = { connected: [] as boolean[], facts: [] as string[] };
  const disk = { isFull: false, refusals: 0, isOpen: true, newLines: 0 };
  const intake = openIntake({
    keep: (batch) => store.keep(batch, 0),
    onKept: ({ upTo, gateEnds }) => {
      for (const [lane, sequence] of Object.entries(upTo)) server.kept(lane, sequence);
      for (const end of gateEnds) server.gateEndKept(end);
    },
    keepEvent(event) {
      if (!disk.isFull) return store.lineEvents.keep(event);
      disk.refusals += 1;
      throw new Error('database or disk is full');
    },
    onEventKept: (event) => server.eventKept(event),
  });
  const note = (fact: FromLine): void => void seen.facts.push(fact.type);
  const server = await serveFacts({
    ...{ path, station: 'test', lanes: ['lane-1', 'lane-2'], log },
    sink: {
      ...{ record: intake.take, picture: note, preview: note, status: note },
      connected: (isConnected) => void seen.connected.push(isConnected),
      lastSequences() {
        if (!disk.isOpen) throw new Error('the records are not open');
        return store.lastSequences();
      },
      newLine() {
        disk.newLines += 1;
        intake.take({ newLine: true });
      },
    },
  });
  onTestFinished(async () => {
    intake.close();
    await server.close();
  });
  return { path, store, seen, disk, server };
};

const keep = (line: TestLine, ...sequences: number[]): void => {
  for (const sequence of sequences) line.send({ type: 'record', record: aRecord({ sequence }) });
};
const keptUpTo = (sequence: number) => (fact: { type: string; sequence?: number }) =>
  fact.type === 'kept' && fact.sequence === sequence;
const aPreview: PreviewFact = {
  ...{ type: 'preview', lane: 'lane-1', frameSequence: 1, width: 4, height: 4, jpeg: new Uint8Array(3), verdict: null },
  roi: { x: 0, y: 0, width: 4, height: 4 },
  frameSize: { width: 4, height: 4 },
};

describe('the facts socket', () => {
  it('tells where the sequences stand and acknowledges what is on disk', async () => {
    const { path, store, seen } = await serve();
    const line = await openTestLine(path);
    expect(await line.heard(({ type }) => type === 'hello')).toEqual({
      type: 'hello',
      lastSequence: { 'lane-1': 0, 'lane-2': 0 },
    });
    keep(line, 1, 2, 3);
    await line.heard(keptUpTo(3));
    expect(store.totals().records).toBe(3);
    line.close();
    const again = await openTestLine(path);
    expect(await again.heard(({ type }) => type === 'hello')).toMatchObject({ lastSequence: { 'lane-1': 3 } });
    expect(seen.connected).toEqual([true, false, true]);
    again.close();
  });

  it('keeps what became of a part at the gate, and of those whose line has gone that nobody knows', async () => {
    const { path, store } = await serve();
    const gates = (): unknown[] => [1, 2, 3].map((sequence) => store.part({ lane: 'lane-1', sequence })?.gate);
    const underway = (sequence: number): void =>
      line.send({ type: 'record', record: aRecord({ sequence, gate: 'underway', gateAckMs: null }) });
    let line = await openTestLine(path);
    for (const sequence of [1, 2, 3]) underway(sequence);
    line.send({ type: 'gateEnd', lane: 'lane-1', sequence: 1, outcome: 'executed' });
    await line.heard(({ type }) => type === 'gateEndKept');
    expect(gates()).toEqual(['executed', 'underway', 'underway']);
    line.close();
    // The same process once more: records was away, not line.
    line = await openTestLine(path, 'test', ['lane-1'], false);
    line.send({ type: 'gateEnd', lane: 'lane-1', sequence: 2, outcome: 'commanded' });
    await line.heard(({ type }) => type === 'gateEndKept');
    expect(gates()).toEqual(['executed', 'commanded', 'underway']);
    line.close();
    line = await openTestLine(path);
    underway(4);
    await line.heard(keptUpTo(4));
    expect(gates()).toEqual(['executed', 'commanded', 'unknown']);
    expect(store.part({ lane: 'lane-1', sequence: 4 })?.gate).toBe('underway');
    line.close();
  });

  it('keeps an event once however often it is sent, and acknowledges every copy', async () => {
    const { path, store } = await serve();
    const line = await openTestLine(path);
    const event = { id: 'e1', lane: 'lane-1', kind: 'recipe-switched', what: 'From a to b.', atMs: 5 } as const;
    for (let copy = 0; copy < 2; copy++) {
      line.send({ type: 'event', event });
      await line.heard((fact) => fact.type === 'eventKept' && fact.id === 'e1');
    }
    expect(store.lineEvents.recent({ lane: 'lane-1', limit: 10 })).toEqual([event]);
    expect(store.lineEvents.recent({ lane: 'lane-2', limit: 10 })).toEqual([]);
    line.close();
  });

  it('keeps an event that the disk refused when the disk is back, on the same connection', async () => {
    const { path, store, disk } = await serve();
    const line = await openTestLine(path);
    disk.isFull = true;
    const event = { id: 'e1', lane: 'lane-1', kind: 'interlock-tripped', what: 'Too many rejects.', atMs: 5 } as const;
    line.send({ type: 'event', event });
    await expect.poll(() => disk.refusals).toBe(1);
    disk.isFull = false;
    await line.heard((fact) => fact.type === 'eventKept' && fact.id === 'e1');
    expect(store.lineEvents.recent({ lane: 'lane-1', limit: 10 })).toEqual([event]);
    line.close();
  });

  it('does not answer while the records are not open, and says so once; when they are, line begins', async () => {
    const { path, seen, disk } = await serve();
    const [error, warn] = [vi.spyOn(log, 'error'), vi.spyOn(log, 'warn')];
    onTestFinished(() => void vi.restoreAllMocks());
    disk.isOpen = false;
    for (let time = 0; time < 3; time++) await (await openTestLine(path)).ended;
    expect([error.mock.calls.length, warn.mock.calls.length, disk.newLines]).toEqual([0, 1, 0]);
    disk.isOpen = true;
    const line = await openTestLine(path);
    await line.heard(({ type }) => type === 'hello');
    expect([disk.newLines, seen.connected]).toEqual([1, [true]]);
    line.close();
  });

  it('passes on who resets the interlocks of a lane, and says when nobody is there to hear it', async () => {
    const { path, server } = await serve();
    expect(server.resetInterlocks('lane-1', 'operator')).toBe(false);
    const line = await openTestLine(path);
    await line.heard(({ type }) => type === 'hello');
    expect(server.resetInterlocks('lane-1', 'operator')).toBe(true);
    expect(await line.heard(({ type }) => type === 'resetInterlocks')).toMatchObject({ lane: 'lane-1', by: 'operator' });
    line.close();
  });

  it('takes what is sent again after a lost connection once, and acknowledges it again', async () => {
    const { path, store } = await serve();
    const line = await openTestLine(path);
    keep(line, 1, 2);
    await line.heard(keptUpTo(2));
    line.close();
    const again = await openTestLine(path);
    keep(again, 1, 2, 3);
    await again.heard(keptUpTo(3));
    again.close();
    expect(store.totals()).toMatchObject({ records: 3, unreported: 3, setAside: 0 });
  });

  it('sets a record with a fault aside and goes on', async () => {
    const { path, store } = await serve();
    const line = await openTestLine(path);
    line.send({ type: 'record', record: aRecord({ sequence: 1, confidence: Number.NaN }) });
    keep(line, 2);
    await line.heard(keptUpTo(2));
    expect(store.totals()).toMatchObject({ records: 1, setAside: 1 });
    line.close();
  });

  it('passes pictures, previews and status on', async () => {
    const { path, seen } = await serve();
    const line = await openTestLine(path);
    line.send(aPreview);
    line.send({ type: 'status', lanes: [], waitingRecords: 0, isFull: false });
    keep(line, 1);
    await line.heard(keptUpTo(1));
    expect(seen.facts).toEqual(['preview', 'status']);
    line.close();
  });

  it.each<[string, Buffer]>([
    ['garbage', Buffer.from([0, 0, 0, 4, 1, 2, 3, 4])],
    ['a length beyond reason', Buffer.from([255, 255, 255, 255])],
    ['no message at all', encodeMessage(null)],
    ['a message before hello', encodeMessage(aPreview)],
    ['the hello of another station', encodeMessage({ type: 'hello', station: 'other', lanes: [], isFirst: true })],
  ])('drops who sends %s, and serves the others', async (_what, bytes) => {
    const { path, store } = await serve();
    const stranger = connect(path);
    stranger.on('error', () => undefined);
    stranger.write(bytes);
    await once(stranger, 'close');
    const line = await openTestLine(path);
    keep(line, 1);
    await line.heard(keptUpTo(1));
    expect(store.totals().records).toBe(1);
    line.close();
  });

  it('drops who says nothing, and keeps a line that is silent after its hello', async () => {
    const { path, store } = await serve();
    const line = await openTestLine(path);
    await once(connect(path), 'close');
    keep(line, 1);
    await line.heard(keptUpTo(1));
    expect(store.totals().records).toBe(1);
    line.close();
  });

  it.each<[string, FromLine]>([
    ['a lane that is none', { ...aPreview, lane: '../../etc' }],
    ['a record of another station', { type: 'record', record: aRecord({ station: 'other' }) }],
    ['a record that is none at all', { type: 'record', record: 7 as never }],
    ['an event of a lane that is none', { type: 'event', event: { id: 'e', lane: 'x', kind: 'id-jump', what: '', atMs: 1 } }],
    ['an event that is none', { type: 'event', event: 7 as never }],
    ['an unknown message', { type: 'nonsense' } as never],
  ])('drops a line that sends %s', async (_what, fact) => {
    const { path, store, seen } = await serve();
    const line = await openTestLine(path);
    line.send(fact);
    keep(line, 1);
    await line.ended;
    expect(store.totals().records).toBe(0);
    expect(seen).toEqual({ connected: [true, false], facts: [] });
  });
});
