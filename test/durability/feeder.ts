import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeMessage, readMessages } from '../../electron/base/framing.ts';
import type { FromRecords } from '../../electron/contract/facts.ts';
import type { PartRecord } from '../../electron/contract/record.ts';

/** What `line` is to `records`: it sends until it hears that a record is kept, and sends again after a lost connection. */
export interface Feeder {
  /** The highest sequence that was acknowledged. */
  acknowledged(): number;
  /** Sends records up to `sequence`, and resolves when all are acknowledged or the connection is lost, or none is to come. */
  feed(socket: string, upTo: number, noMore?: AbortSignal): Promise<void>;
}

const connectPatienceMs = 10_000;

/** Opens the socket that `records` serves, waiting for it. */
const open = async (path: string, noMore: AbortSignal | undefined) => {
  for (const untilMs = performance.now() + connectPatienceMs; ; ) {
    const socket = connect(path);
    try {
      await once(socket, 'connect');
      return socket;
    } catch (error) {
      if (noMore?.aborted === true) return null;
      if (performance.now() > untilMs) throw error;
      await sleep(20);
    }
  }
};

/** A feeder at the beginning of its lane; `recordOf` makes the record of a sequence. */
export const aFeeder = (recordOf: (sequence: number) => PartRecord): Feeder => {
  let acknowledged = 0;
  return {
    acknowledged: () => acknowledged,
    async feed(path, upTo, noMore) {
      const socket = await open(path, noMore);
      if (socket === null) return;
      const lost = new Promise<void>((resolve) => socket.on('close', () => resolve()));
      socket.on('error', () => undefined);
      const kept = new Promise<void>((resolve) => {
        readMessages(socket, (message) => {
          const fact = message as FromRecords;
          if (fact.type === 'hello') {
            for (let sequence = acknowledged + 1; sequence <= upTo; sequence++)
              socket.write(encodeMessage({ type: 'record', record: recordOf(sequence) }));
          } else if (fact.type === 'kept') acknowledged = Math.max(acknowledged, fact.sequence);
          if (acknowledged >= upTo) resolve();
        });
      });
      socket.write(encodeMessage({ type: 'hello', station: 'test', lanes: ['lane-1'], isFirst: true }));
      await Promise.race([kept, lost]);
      socket.destroy();
    },
  };
};
