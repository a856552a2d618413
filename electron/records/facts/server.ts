import { mkdirSync, rmSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { messageOf } from '../../base/errors.ts';
import { encodeMessage, readMessages } from '../../base/framing.ts';
import type { Logger } from '../../base/log.ts';
import {
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
import { arrivalOf } from './arrival.ts';
import type { Incoming } from './intake.ts';

/** Where the facts go. All of it must be quick: `line` is never made to wait, but its queue is finite. */
export interface FactsSink {
  /** What is kept, and acknowledged when it is on disk: a record, how a gate command ended, an event. */
  record(incoming: Incoming): void;
  picture(fact: PictureFact | LosslessFact): void;
  preview(fact: PreviewFact): void;
  /** Another process than before says hello: what it will send comes after all that is on its way to the disk. */
  newLine(): void;
  status(fact: LineStatusFact): void;
  /** `line` has come or gone. */
  connected(isConnected: boolean): void;
  /** Throws while the records are not open. */
  lastSequences(): Record<string, number>;
}

export interface FactsServer {
  /** Tells `line` that all records of `lane` up to `sequence` are on disk. */
  kept(lane: string, sequence: number): void;
  /** Tells `line` that how this gate command ended is on disk. */
  gateEndKept(end: Pick<GateEnd, 'lane' | 'sequence'>): void;
  /** Tells `line` that this event is on disk. */
  eventKept(event: Pick<LineEvent, 'id'>): void;
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
const passOn = (fact: Exclude<FromLine, HelloFromLine>, station: string, lanes: readonly string[], sink: FactsSink): void => {
  const requireLane = (lane: string): void => {
    if (!lanes.includes(lane)) throw new Error(`there is no lane ${lane}`);
  };
  if ('lane' in fact) requireLane(fact.lane);
  switch (fact.type) {
    case 'record': {
      const arrival = arrivalOf(fact.record, station, lanes);
      if (arrival === null) throw new Error('a record of another station or lane');
      return sink.record(arrival);
    }
    case 'gateEnd':
      return sink.record({ gateEnd: gateEnd.parse(fact) });
    case 'event': {
      const event = lineEvent.parse(fact.event);
      requireLane(event.lane);
      return sink.record({ event });
    }
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

  /** `null` while the records are not open; the log hears it once. */
  let isOpen = true;
  const lastSequences = (): Record<string, number> | null => {
    try {
      const sequences = sink.lastSequences();
      isOpen = true;
      return sequences;
    } catch (error) {
      if (isOpen) log.warn({ why: messageOf(error) }, 'line is not answered while the records are not open; it comes again');
      isOpen = false;
      return null;
    }
  };

  const hear = (socket: Socket, fact: FromLine): void => {
    if (fact.type !== 'hello') {
      if (!known.has(socket)) throw new Error(`${fact.type} before hello`);
      return passOn(fact, station, lanes, sink);
    }
    if (fact.station !== station) throw new Error(`this is the line of station ${fact.station}, not of ${station}`);
    const lastSequence = lastSequences();
    if (lastSequence === null) return void socket.destroy();
    known.add(socket);
    if (fact.isFirst) sink.newLine();
    write(socket, { type: 'hello', lastSequence });
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
      if (isStrange || socket.destroyed) return;
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
    eventKept({ id }) {
      for (const socket of known) write(socket, { type: 'eventKept', id });
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
