import type { WebSocket } from 'ws';
import type { PreviewHeader } from '../../contract/api.ts';
import type { PreviewFact } from '../../contract/facts.ts';
import { keepPulse } from './pulse.ts';

const pingEveryMs = 10_000;

/** Live pictures for whoever looks on. */
export interface Previews {
  show(fact: PreviewFact): void;
  /** Adds a screen to those of `lane`; it gets the newest picture at once. */
  join(lane: string, socket: WebSocket): void;
}

/** Length, header, JPEG: as `contract/api.ts` says at {@link PreviewHeader}. */
export const encodePreview = ({ frameSequence, width, height, verdict, roi, frameSize, jpeg }: PreviewFact): Buffer => {
  const header: PreviewHeader = { frameSequence, width, height, verdict, roi, frameSize };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([length, json, jpeg]);
};

/** Keeps nothing but the newest picture of each lane; a screen that does not answer a ping within `pingMs` is gone. */
export const openPreviews = (pingMs = pingEveryMs): Previews => {
  const screens = new Map<string, Set<WebSocket>>();
  const newest = new Map<string, PreviewFact>();

  /** A screen that has not taken the last picture yet misses this one: a live picture is never late. */
  const send = (socket: WebSocket, message: Buffer): void => {
    if (socket.bufferedAmount === 0) socket.send(message, { binary: true });
  };

  return {
    show(fact) {
      newest.set(fact.lane, fact);
      const watching = screens.get(fact.lane);
      if (watching === undefined || watching.size === 0) return;
      const message = encodePreview(fact);
      for (const socket of watching) send(socket, message);
    },
    join(lane, socket) {
      const watching = screens.get(lane) ?? new Set();
      screens.set(lane, watching.add(socket));
      socket.on('close', () => watching.delete(socket));
      keepPulse(socket, pingMs);
      const fact = newest.get(lane);
      if (fact !== undefined) send(socket, encodePreview(fact));
    },
  };
};
