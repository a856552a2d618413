import { mkdirSync, rmSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { messageOf } from '../../base/errors.ts';
import { encodeMessage, readMessages } from '../../base/framing.ts';
import type { Logger } from '../../base/log.ts';
import {
  type EventFact,
  lineEvent,
  type FromLine,
  type GateEnd,
  gateEnd,
  type FromRecords,
  type HelloFromLine,
  type LineEvent,
  type LineStatusFact,
  type LosslessFact,
  type LosslessWish,
  type PictureFact,
  type PreviewFact,
} from '../../contract/facts.ts';
import type { Arrival } from '../store/keepRecords.ts';
import { arrivalOf } from './arrival.ts';

/** Where the facts go. All of it must be quick: `line` is never made to wait, but its queue is finite. */
export interface FactsSink {
  record(arrival: Arrival): void;
  picture(fact: PictureFact | LosslessFact): void;
  preview(fact: PreviewFact): void;
  /** Throws when it cannot be kept: then it stays with `line`. */
  event(event: LineEvent): void;
  /** Another process than before says hello: what it will send comes after all that is on its way to the disk. */
  newLine(): void;
  status(fact: LineStatusFact): void;
  /** `line` has come or gone. */
  connected(isConnected: boolean): void;
  lastSequences(): Record<string, number>;
}

export interface FactsServer {
  /** Tells `line` that all records of `lane` up to `sequence` are on disk. */
  kept(lane: string, sequence: number): void;
  /** Tells `line` that how this gate command ended is on disk. */
  gateEndKept(end: Pick<GateEnd, 'lane' | 'sequence'>): void;
  /** Passes a person's word on to `line`; `false` when it is not connected. */
  resetInterlocks(lane: string, by: string): boolean;
  /** Asks `line` for pictures without loss; `false`: it is not there to hear. */
  keepLossless(wish: LosslessWish): boolean;
  close(): Promise<void>;
}

interface Options {
  path: string;
  station: string;
  lanes: readonly string[];
  sink: FactsSink;
  log: Logger;
}

/** A peer that says what our line never says is left waiting so long and then dropped, so that it cannot flood the log. */
const dropAfterMs = 500;
/** Our line says hello at once; who does not is no line of ours and takes no place. // faults #36 */
const helloPatienceMs = 2000;

/** Gives a fact to who is there for it. Throws on what our line never sends. */
const passOn = (
  fact: Exclude<FromLine, HelloFromLine | EventFact>,
  station: string,
  lanes: readonly string[],
  sink: FactsSink,
): void => {
  if ('lane' in fact && !lanes.includes(fact.lane)) throw new Error(`there is no lane ${fact.lane}`);
  switch (fact.type) {
    case 'record': {
      const arrival = arrivalOf(fact.record, station, lanes);
      if (arrival === null) throw new Error('a record of another station or lane');
      return sink.record(arrival);
    }
    case 'gateEnd':
      return sink.record({ gateEnd: gateEnd.parse(fact) });
    case 'picture':
    case 'lossless':
      return sink.picture(fact);
    case 'preview':
      return sink.preview(fact);
    case 'status':
      return sink.status(fact);
    default:
      throw new Error('unknown message');
  }
};

/**
 * Listens for `line` on the Unix socket at `path`. A file that a killed predecessor left there is replaced: whoever
 * calls this has the data folder's lock (`store/lock.ts`), so nobody can be listening on it.
 */
export const serveFacts = async ({ path, station, lanes, sink, log }: Options): Promise<FactsServer> => {
  const open = new Set<Socket>();
  /** Connections that have said hello. */
  const known = new Set<Socket>();
  const write = (socket: Socket, fact: FromRecords): void => void socket.write(encodeMessage(fact));

  const keepEvent = (socket: Socket, fact: EventFact): void => {
    const event = lineEvent.parse(fact.event);
    if (!lanes.includes(event.lane)) throw new Error(`there is no lane ${event.lane}`);
    try {
      sink.event(event);
      write(socket, { type: 'eventKept', id: event.id });
    } catch (error) {
      log.error({ why: messageOf(error) }, 'an event cannot be kept; line sends it again');
    }
  };

  const hear = (socket: Socket, fact: FromLine): void => {
    if (fact.type !== 'hello') {
      if (!known.has(socket)) throw new Error(`${fact.type} before hello`);
      return fact.type === 'event' ? keepEvent(socket, fact) : passOn(fact, station, lanes, sink);
    }
    if (fact.station !== station) throw new Error(`this is the line of station ${fact.station}, not of ${station}`);
    known.add(socket);
    if (fact.isFirst) sink.newLine();
    write(socket, { type: 'hello', lastSequence: sink.lastSequences() });
    sink.connected(true);
  };

  const forget = (socket: Socket): void => {
    if (known.delete(socket)) sink.connected(known.size > 0);
  };

  const server = createServer((socket) => {
    let isStrange = false;
    open.add(socket);
    const patience = setTimeout(() => {
      if (!known.has(socket)) socket.destroy();
    }, helloPatienceMs);
    readMessages(socket, (message) => {
      if (isStrange) return;
      try {
        hear(socket, message as FromLine);
      } catch (error) {
        isStrange = true;
        log.error({ why: messageOf(error) }, 'line sent what it never sends; its connection is dropped');
        socket.pause();
        forget(socket);
        setTimeout(() => socket.destroy(), dropAfterMs);
      }
    });
    socket.on('error', (error) => log.warn({ why: error.message }, 'the connection of line has broken'));
    socket.on('close', () => {
      clearTimeout(patience);
      open.delete(socket);
      forget(socket);
    });
  });

  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return {
    kept: (lane, sequence) => {
      for (const socket of known) write(socket, { type: 'kept', lane, sequence });
    },
    gateEndKept({ lane, sequence }) {
      for (const socket of known) write(socket, { type: 'gateEndKept', lane, sequence });
    },
    keepLossless(wish) {
      for (const socket of known) write(socket, { type: 'keepLossless', ...wish });
      return known.size > 0;
    },
    resetInterlocks(lane, by) {
      for (const socket of known) write(socket, { type: 'resetInterlocks', lane, by });
      return known.size > 0;
    },
    async close() {
      known.clear();
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      // Another may have put something beside it, or be starting already: then the folder stays.
      await rmdir(dirname(path)).catch(() => undefined);
    },
  };
};
