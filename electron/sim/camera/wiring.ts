import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { messageOf, PersonError } from '../../base/errors.ts';
import { encodeMessage, readMessages } from '../../base/framing.ts';
import type { FromConveyor, ToConveyor } from '../../contract/wiring.ts';

/** The conveyor's end of the wires. Whoever is connected hears everything from then on; with nobody there, nothing waits. */
export interface Wiring {
  send(message: FromConveyor): void;
  close(): void;
}

/** A listener that leaves so much unread is cut off: a wire holds nothing back. */
const mostUnreadBytes = 1 << 20;

/** Listens on the Unix socket `path`. Throws {@link PersonError} when it cannot. */
export const openWiring = async (path: string, onMessage: (message: ToConveyor) => void): Promise<Wiring> => {
  const clients = new Set<Socket>();
  const server = createServer((socket) => {
    clients.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => clients.delete(socket));
    readMessages(socket, (message) => {
      if (isForUs(message)) onMessage(message);
    });
  });
  try {
    // Left over from a process that was killed.
    rmSync(path, { force: true });
    server.listen(path);
    await once(server, 'listening');
  } catch (cause) {
    throw new PersonError(`The wiring socket ${path} cannot be opened: ${messageOf(cause)}.`, 'Choose another with --wiring.', {
      cause,
    });
  }
  return {
    send(message) {
      if (clients.size === 0) return;
      const bytes = encodeMessage(message);
      for (const socket of clients) {
        if (socket.writableLength > mostUnreadBytes) socket.destroy();
        else socket.write(bytes);
      }
    },
    close() {
      server.close();
      for (const socket of clients) socket.destroy();
    },
  };
};

const isUint32 = (value: unknown): boolean => typeof value === 'number' && value >>> 0 === value;

const isForUs = (message: unknown): message is ToConveyor => {
  if (typeof message !== 'object' || message === null) return false;
  const { type, openAt, closeAt, run, open, lagMs } = message as Record<string, unknown>;
  if (type === 'output') return typeof open === 'boolean' && typeof lagMs === 'number' && lagMs >= 0;
  return type === 'belt' ? typeof run === 'boolean' : type === 'gate' && isUint32(openAt) && isUint32(closeAt);
};
