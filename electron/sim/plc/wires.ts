import { connect, type Socket } from 'node:net';
import { encodeMessage, readMessages } from '../../base/framing.ts';
import type { FromConveyor, ToConveyor } from '../../contract/wiring.ts';

/** The wires to the conveyor; plugged in again by itself when they were cut. */
export interface Wires {
  send(message: ToConveyor): void;
  close(): void;
}

export interface WiresHandlers {
  onMessage(message: FromConveyor): void;
  /** Plugged in, for the first time or again: what was on the belt is not known any more. */
  onConnected(): void;
}

const againMs = 100;

/** Connects to the conveyor's Unix socket at `path`, for ever. */
export const connectWires = (path: string, handlers: WiresHandlers): Wires => {
  let socket: Socket | null = null;
  let again: NodeJS.Timeout | null = null;
  let closed = false;

  const plug = (): void => {
    const mine = connect(path);
    mine.on('connect', () => {
      socket = mine;
      handlers.onConnected();
    });
    // 'close' follows, and tries again.
    mine.on('error', () => undefined);
    mine.on('close', () => {
      socket = null;
      if (!closed) again = setTimeout(plug, againMs);
    });
    readMessages(mine, (message) => handlers.onMessage(message as FromConveyor));
  };
  plug();

  return {
    send: (message) => void socket?.write(encodeMessage(message)),
    close() {
      closed = true;
      if (again !== null) clearTimeout(again);
      socket?.destroy();
    },
  };
};
