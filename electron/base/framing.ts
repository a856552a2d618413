import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';

/** Larger than any message we send (a lossless 1280×720 picture is 2.7 MB); a peer that claims more is not ours. */
const mostBytes = 32 * 1024 * 1024;

/** One message on a stream: four bytes of length (big endian), then the value in V8's structured-clone format. */
export const encodeMessage = (message: unknown): Buffer => {
  const body = serialize(message);
  const framed = Buffer.allocUnsafe(4 + body.length);
  framed.writeUInt32BE(body.length, 0);
  body.copy(framed, 4);
  return framed;
};

/**
 * Calls `onMessage` for each whole message that arrives on `socket`; destroys the socket on garbage.
 * For sockets between processes of this station only: V8's format is not made for strangers.
 */
export const readMessages = (socket: Socket, onMessage: (message: unknown) => void): void => {
  let held: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length >= 4) {
      const length = held.readUInt32BE(0);
      if (length > mostBytes) return void socket.destroy(new Error(`message of ${length} bytes is not ours`));
      if (held.length < 4 + length) return;
      let message: unknown;
      try {
        message = deserialize(held.subarray(4, 4 + length));
      } catch (cause) {
        return void socket.destroy(new Error('a message that is not ours', { cause }));
      }
      held = held.subarray(4 + length);
      onMessage(message);
    }
  });
};
