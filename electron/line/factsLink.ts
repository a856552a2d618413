import { connect, type Socket } from 'node:net';
import { backoffMs } from '../base/backoff.ts';
import { encodeMessage, readMessages } from '../base/framing.ts';
import type { FromLine, FromRecords, LineEvent } from '../contract/facts.ts';
import type { PartRecord } from '../contract/record.ts';

/**
 * The way of facts to `records`.
 *
 * What must hold: a record stays here until `records` says it is on disk, and is sent again after every reconnect;
 * nothing here ever waits for `records`; memory is bounded by `mostWaiting`.
 */
export interface FactsLink {
  /** `false`: the queue is full and the record is not taken; the caller asserts the fail-safe. */
  keep(record: PartRecord): boolean;
  /** The same for what happens beside the parts; the oldest of too many are forgotten, the log has them all. */
  keepEvent(event: LineEvent): void;
  /** Pictures, previews and status are sent when there is a connection that keeps up, and forgotten when not. */
  tell(fact: Exclude<FromLine, { type: 'record' | 'event' | 'hello' }>): void;
  waiting(): number;
  /** The queue has been full and is still nearly so: what is decided now may leave no record, so nothing may pass the gate. */
  isFull(): boolean;
  /** Resolves once `records` has told where the sequences stand; at once after that. */
  lastSequences(): Promise<Record<string, number>>;
  close(): void;
}

interface Options {
  path: string;
  station: string;
  lanes: string[];
  /** A person has seen to the cause of a lane's interlocks. */
  onReset?(lane: string, by: string): void;
  /** Records held while `records` is away: 20,000 are more than five minutes at 60 a second, and some 20 MB. */
  mostWaiting?: number;
}

const firstRetryMs = 20;
const lastRetryMs = 500;
/** Events held while `records` is away. */
const mostEvents = 1000;
/** A queue that was full is so until this share of it has room, so that the gate does not flicker. */
const roomAgain = 0.1;
/** Unsent bytes above which only records are still sent. */
const busyBytes = 4 * 1024 * 1024;

/** Opens the link and keeps it open; returns at once. */
export const openFactsLink = ({ path, station, lanes, onReset, mostWaiting = 20_000 }: Options): FactsLink => {
  const waiting = new Map<string, PartRecord[]>(lanes.map((lane) => [lane, []]));
  const events = new Map<string, LineEvent>();
  let count = 0;
  let socket: Socket | null = null;
  let isFull = false;
  let ready = false;
  let closed = false;
  let attempt = 0;
  let retry: NodeJS.Timeout | undefined;
  const { promise: sequences, resolve: tellSequences } = Promise.withResolvers<Record<string, number>>();

  const write = (fact: FromLine): void => void socket?.write(encodeMessage(fact));

  const hear = (message: FromRecords): void => {
    if (message.type === 'hello') {
      attempt = 0;
      ready = true;
      tellSequences(message.lastSequence);
      for (const records of waiting.values()) for (const record of records) write({ type: 'record', record });
      for (const event of events.values()) write({ type: 'event', event });
      return;
    }
    if (message.type === 'eventKept') return void events.delete(message.id);
    if (message.type === 'resetInterlocks') return onReset?.(message.lane, message.by);
    const records = waiting.get(message.lane);
    if (records === undefined) return;
    const after = records.findIndex((record) => record.sequence > message.sequence);
    count -= records.splice(0, after < 0 ? records.length : after).length;
    if (count <= mostWaiting * (1 - roomAgain)) isFull = false;
  };

  const open = (): void => {
    const mine = connect(path);
    socket = mine;
    ready = false;
    mine.on('connect', () => write({ type: 'hello', station, lanes }));
    readMessages(mine, (message) => hear(message as FromRecords));
    mine.on('error', () => undefined);
    mine.on('close', () => {
      ready = false;
      if (closed) return;
      retry = setTimeout(open, backoffMs(attempt, firstRetryMs, lastRetryMs));
      attempt += 1;
    });
  };
  open();

  return {
    keep(record) {
      if (count >= mostWaiting) return false;
      waiting.get(record.lane)?.push(record);
      count += 1;
      if (count >= mostWaiting) isFull = true;
      if (ready) write({ type: 'record', record });
      return true;
    },
    keepEvent(event) {
      const [oldest] = events.keys();
      if (events.size >= mostEvents && oldest !== undefined) events.delete(oldest);
      events.set(event.id, event);
      if (ready) write({ type: 'event', event });
    },
    tell(fact) {
      if (ready && socket !== null && socket.writableLength < busyBytes) write(fact);
    },
    waiting: () => count,
    isFull: () => isFull,
    lastSequences: () => sequences,
    close() {
      closed = true;
      clearTimeout(retry);
      socket?.end();
    },
  };
};
