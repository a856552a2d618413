import { connect, type Socket } from 'node:net';
import { encodeMessage, readMessages } from '../../electron/base/framing.ts';
import type { FromLine, FromRecords } from '../../electron/contract/facts.ts';

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
export const openTestLine = async (path: string, station = 'test', lanes = ['lane-1'], isFirst = true): Promise<TestLine> => {
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
  send({ type: 'hello', station, lanes, isFirst });
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
