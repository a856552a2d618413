import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { messageOf, PersonError } from '../../base/errors.ts';
import { stampBlockPx } from '../../contract/stamp.ts';
import { frameWidth } from './light.ts';

/** A frame's bytes. While somebody holds it, they must not change. */
export interface Shot {
  bytes: Buffer;
  holders: number;
}

/** The rows that carry the stamp are sent apart from the shot: the same shot may go out with another stamp. */
export const stampBytes = stampBlockPx * frameWidth;

/**
 * Raw frames over TCP, without any header. What must hold: a client gets whole frames only, beginning with a whole one;
 * a client that reads slowly misses frames and never makes us keep more than {@link mostUnsent} of them for it.
 */
export interface FrameStream {
  /** Sends a frame to every client that has room. `taken` clients got it, `missed` did not. */
  send(stamp: Buffer, shot: Shot): { taken: number; missed: number };
  /** `true` pulls the plug: all clients are dropped, new ones refused; a number for so many ms; `false` puts it in again. */
  plug(pulled: boolean | number): void;
}

/** What a camera keeps in its own memory: frames of 16 ms at 250 a second. */
export const mostUnsent = 4;
const mostClients = 8;
const retryMs = 200;

/** Listens on 127.0.0.1:`port`. Throws {@link PersonError} when the port is taken. */
export const openStream = async (port: number): Promise<FrameStream> => {
  const clients = new Map<Socket, { unsent: number }>();
  const server = createServer({ noDelay: true }, (socket) => {
    if (clients.size >= mostClients) return void socket.destroy();
    clients.set(socket, { unsent: 0 });
    // A client that goes away, however it does, is no event on a camera.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => clients.delete(socket));
    socket.resume();
  });
  const plugIn = async (): Promise<void> => {
    if (server.listening) return;
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  try {
    await plugIn();
  } catch (cause) {
    throw new PersonError(`The camera cannot listen on port ${port}: ${messageOf(cause)}.`, 'Choose another with --port.', {
      cause,
    });
  }
  let plugInTimer: NodeJS.Timeout | undefined;
  /** The port may have gone to somebody else meanwhile: then again, until it is free. */
  const plugInAgain = (): void => {
    plugIn().catch(() => {
      plugInTimer = setTimeout(plugInAgain, retryMs);
    });
  };
  return {
    plug(pulled) {
      clearTimeout(plugInTimer);
      if (pulled === false) return plugInAgain();
      server.close();
      for (const socket of clients.keys()) socket.destroy();
      if (pulled !== true) plugInTimer = setTimeout(plugInAgain, pulled);
    },
    send(stamp, shot) {
      let taken = 0;
      for (const [socket, client] of clients) {
        if (client.unsent >= mostUnsent) continue;
        client.unsent += 1;
        shot.holders += 1;
        socket.cork();
        socket.write(stamp);
        socket.write(shot.bytes.subarray(stampBytes), () => {
          client.unsent -= 1;
          shot.holders -= 1;
        });
        socket.uncork();
        taken += 1;
      }
      return { taken, missed: clients.size - taken };
    },
  };
};
