import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '../base/backoff.ts';
import { encodeMessage, readMessages } from '../base/framing.ts';
import type { FromLine, FromRecords, GateEnd, HelloFromLine, LineEvent, LosslessWish, Told } from '../contract/facts.ts';
import type { PartRecord } from '../contract/record.ts';
import { type FactsOutlet, openFactsOutlet } from './factsOutlet.ts';
import { openHeldEnds } from './heldEnds.ts';
import { openHeldEvents } from './heldEvents.ts';
import { shiftOf, type Start, startOf } from './numbering.ts';
import { openRecordQueue } from './recordQueue.ts';

/**
 * The way of facts to `records`.
 *
 * What must hold: a record stays here until `records` says it is on disk, and is sent again after every reconnect;
 * nothing here ever waits for `records`; memory is bounded by `mostWaiting`; no number is given to two parts. What was
 * decided before `records` first answered is numbered anew then, if need be: nobody has heard of those numbers.
 */
export interface FactsLink {
  /** `false`: the queue is full and the record is not taken; the caller asserts the fail-safe. */
  keep(record: PartRecord): boolean;
  /** How the gate command of a record that was taken `underway` ended. They are no more than the records, so none is refused. */
  gateEnd(end: GateEnd): void;
  /** The same for what happens beside the parts; the oldest of too many are forgotten, the log has them all. */
  keepEvent(event: LineEvent): void;
  /** Pictures, previews and status are sent when there is a connection that keeps up, and forgotten when not. */
  tell(fact: Told): void;
  /** Records, and ends of gate commands, that are not on disk. */
  waiting(): number;
  /** The queue has been full and is still nearly so: what is decided now may leave no record, so nothing may pass the gate. */
  isFull(): boolean;
  /**
   * From where each lane counts: after what `records` has and the supervisor `heard`; resolves after `patienceMs` at the
   * latest. `isBlind`: `records` has not answered by then.
   */
  begin(heard: Readonly<Record<string, number>>, patienceMs: number): Promise<{ from: Record<string, number>; isBlind: boolean }>;
  /** The number on record of what `lane` counts as `sequence`; where it began blind, they may differ. */
  numberOf(lane: string, sequence: number): number;
  close(): void;
}

interface Options {
  path: string;
  station: string;
  lanes: string[];
  /** A person has seen to the cause of a lane's interlocks. */
  onReset?(lane: string, by: string): void;
  /** A person wants the next pictures of a lane without loss. */
  onLossless?(wish: LosslessWish): void;
  /** Records held while `records` is away: 20,000 are more than five minutes at 60 a second, and some 20 MB. */
  mostWaiting?: number;
}

const firstRetryMs = 20;
const lastRetryMs = 500;

const sayHello = (socket: Socket, hello: HelloFromLine): void => void socket.write(encodeMessage(hello));

/** Opens the link and keeps it open; returns at once. */
export const openFactsLink = ({ path, station, lanes, onReset, onLossless, mostWaiting = 20_000 }: Options): FactsLink => {
  const records = openRecordQueue(lanes, mostWaiting);
  const ends = openHeldEnds(lanes);
  const events = openHeldEvents((fact) => outlet?.drop(fact));
  /** By lane, how far `records` has said that its records are on disk. */
  const keptTo = new Map<string, number>();
  let socket: Socket | null = null;
  /** The way to `records`, once it has answered. */
  let outlet: FactsOutlet | null = null;
  let closed = false;
  let attempt = 0;
  let retry: NodeJS.Timeout | undefined;
  const { promise: onDisk, resolve: tellOnDisk } = Promise.withResolvers<Record<string, number>>();
  const starts = new Map<string, Start>();
  /** By lane, what is added to its numbers; empty until `records` has answered. */
  const shifts = new Map<string, number>();

  const numbered = <T extends { lane: string; sequence: number }>(fact: T): T => {
    const shift = shifts.get(fact.lane) ?? 0;
    return shift === 0 ? fact : { ...fact, sequence: fact.sequence + shift };
  };

  /** The first answer of `records` settles the numbers of what waits; after that they never change again. */
  const settle = (last: Readonly<Record<string, number>>): void => {
    tellOnDisk(last);
    if (shifts.size > 0) return;
    for (const lane of lanes) {
      const start = starts.get(lane);
      shifts.set(lane, start === undefined ? 0 : shiftOf(start, last[lane] ?? 0));
    }
    records.renumber(numbered);
    ends.renumber(numbered);
  };

  /** All that is held now and still is when its turn comes; what became of a part comes after the record of it. */
  const held = function* (): Generator<FromLine, undefined> {
    const [itsRecords, itsEnds, itsEvents] = [records.all(), ends.all(), events.all()];
    for (const record of itsRecords) if (record.sequence > (keptTo.get(record.lane) ?? 0)) yield { type: 'record', record };
    for (const end of itsEnds) yield { type: 'gateEnd', ...end };
    for (const event of itsEvents) if (events.has(event)) yield event;
  };
  const hear = (mine: Socket, message: FromRecords): void => {
    if (message.type === 'hello') {
      attempt = 0;
      settle(message.lastSequence);
      outlet?.close();
      outlet = openFactsOutlet(mine, held());
      return;
    }
    if (message.type === 'eventKept') return events.kept(message.id);
    if (message.type === 'gateEndKept') return ends.kept(message);
    if (message.type === 'resetInterlocks') return onReset?.(message.lane, message.by);
    if (message.type === 'keepLossless') return onLossless?.(message);
    keptTo.set(message.lane, Math.max(keptTo.get(message.lane) ?? 0, message.sequence));
    records.kept(message.lane, message.sequence);
  };

  const open = (): void => {
    const mine = connect(path);
    socket = mine;
    mine.on('connect', () => sayHello(mine, { type: 'hello', station, lanes, isFirst: shifts.size === 0 }));
    readMessages(mine, (message) => hear(mine, message as FromRecords));
    mine.on('error', () => undefined);
    mine.on('close', () => {
      outlet?.close();
      outlet = null;
      if (closed) return;
      retry = setTimeout(open, backoffMs(attempt, firstRetryMs, lastRetryMs));
      attempt += 1;
    });
  };
  open();

  return {
    keep(record) {
      const mine = numbered(record);
      if (!records.add(mine)) return false;
      outlet?.send({ type: 'record', record: mine });
      return true;
    },
    gateEnd(end) {
      const mine = numbered(end);
      ends.hold(mine);
      outlet?.send({ type: 'gateEnd', ...mine });
    },
    keepEvent(event) {
      const fact = events.hold(event);
      outlet?.send(fact);
    },
    tell: (fact) => outlet?.tell(fact.type === 'picture' || fact.type === 'lossless' ? numbered(fact) : fact),
    waiting: () => records.count() + ends.count(),
    isFull: records.isFull,
    async begin(heard, patienceMs) {
      const known = await Promise.race([onDisk, sleep(patienceMs, null, { ref: false })]);
      const from: Record<string, number> = {};
      for (const lane of lanes) {
        const start = startOf(known === null ? null : (known[lane] ?? 0), heard[lane] ?? 0);
        starts.set(lane, start);
        from[lane] = start.from;
      }
      return { from, isBlind: known === null };
    },
    numberOf: (lane, sequence) => sequence + (shifts.get(lane) ?? 0),
    close() {
      closed = true;
      clearTimeout(retry);
      socket?.end();
    },
  };
};
