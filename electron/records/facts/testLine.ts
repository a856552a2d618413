import { connect, type Socket } from 'node:net';
import { encodeMessage, readMessages } from '../../base/framing.ts';
import type { FromLine, FromRecords } from '../../contract/facts.ts';
import type { PartRecord } from '../../contract/record.ts';

/** A record as `line` makes it, for tests; scores are float32 as a model gives them. */
export const aRecord = (changes: Partial<PartRecord> = {}): PartRecord => ({
  station: 'test',
  lane: 'lane-1',
  sequence: 1,
  partId: 1000 + (changes.sequence ?? 1),
  encoder: 4242,
  verdict: 'ok',
  reason: 'good',
  label: 'good',
  confidence: 0.9375,
  scores: [0.9375, 0.0625],
  model: 'parts',
  modelVersion: '1.0.0',
  modelSha8: '01234567',
  provider: 'cpu',
  recipe: 'resistor-0603',
  frameSequence: 77,
  reject: false,
  gate: 'acknowledged',
  decidedAtMs: 1_790_000_000_000 + (changes.sequence ?? 1) * 16,
  decidedMonoMs: 5000.25,
  verdictMs: 2.5,
  gateAckMs: 0.25,
  ...changes,
});

/** The other end of the facts socket, over the real protocol. */
export interface TestLine {
  socket: Socket;
  send(fact: FromLine): void;
  /** Resolves with the first message, from the past or to come, that fits. */
  heard(fits: (fact: FromRecords) => boolean): Promise<FromRecords>;
  /** Resolves when `records` has ended the connection. */
  ended: Promise<void>;
  close(): void;
}

/** Connects to `records` at `path` and says hello. */
export const openTestLine = async (path: string, station = 'test', lanes = ['lane-1']): Promise<TestLine> => {
  const socket = connect(path);
  const all: FromRecords[] = [];
  const listeners = new Set<(fact: FromRecords) => void>();
  readMessages(socket, (message) => {
    all.push(message as FromRecords);
    for (const listener of listeners) listener(message as FromRecords);
  });
  socket.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  const send = (fact: FromLine): void => void socket.write(encodeMessage(fact));
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  send({ type: 'hello', station, lanes });
  return {
    socket,
    send,
    ended,
    heard: (fits) => {
      const found = all.find(fits);
      if (found !== undefined) return Promise.resolve(found);
      return new Promise((resolve) => {
        const listener = (fact: FromRecords): void => {
          if (!fits(fact)) return;
          listeners.delete(listener);
          resolve(fact);
        };
        listeners.add(listener);
      });
    },
    close: () => void socket.destroy(),
  };
};
