import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';

/** Acknowledge message of OPC 10000-6 §7.1.2.4: version 0, buffers of 64 KiB, no limits. */
const acknowledge = ((): Buffer => {
  const message = Buffer.alloc(28);
  message.write('ACKF');
  message.writeUInt32LE(28, 4);
  for (const [index, value] of [0, 65_536, 65_536, 0, 0].entries()) message.writeUInt32LE(value, 8 + 4 * index);
  return message;
})();
/** A header that promises 4 GB. */
const oversize = Buffer.from([0x41, 0x43, 0x4b, 0x46, 0xff, 0xff, 0xff, 0xff]);
const error = Buffer.concat([Buffer.from('ERRF'), Buffer.from([0xff, 0, 0, 0, 0, 0, 0, 0x80]), Buffer.alloc(300, 0x41)]);

/** What a rogue server does with who connects; each is called with the socket when its first bytes have come. */
const ways = {
  garbage: (socket: Socket) => socket.write(randomBytes(4096)),
  oversize: (socket: Socket) => socket.write(oversize),
  closes: (socket: Socket) => socket.destroy(),
  'closes after the acknowledge': (socket: Socket) => socket.write(acknowledge, () => socket.destroy()),
  'coalesced: acknowledge and garbage': (socket: Socket) => socket.write(Buffer.concat([acknowledge, randomBytes(512)])),
  'garbage in the channel': (socket: Socket) => {
    socket.write(acknowledge);
    socket.on('data', () => {
      const chunk = randomBytes(200);
      chunk.write('OPNF');
      chunk.writeUInt32LE(200, 4);
      socket.write(chunk);
    });
  },
  'two acknowledges': (socket: Socket) => socket.write(Buffer.concat([acknowledge, acknowledge])),
  'a broken error message': (socket: Socket) => socket.write(error),
  'one byte at a time, then nothing': (socket: Socket) => socket.write(acknowledge.subarray(0, 5)),
} as const;
type Way = keyof typeof ways;
/** All of them; those that let the other side wait come last. */
export const rogueWays = Object.keys(ways) as Way[];

/** A server that answers wrongly. */
export interface Rogue {
  port: number;
  behave(way: Way): void;
  /** How often somebody has met the present way. */
  met(): number;
  close(): void;
}

/** Listens on a free port of loopback. */
export const openRogue = async (): Promise<Rogue> => {
  const sockets = new Set<Socket>();
  let [way, met]: [Way, number] = ['garbage', 0];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', () => {
      met += 1;
      ways[way](socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    behave(now) {
      [way, met] = [now, 0];
    },
    met: () => met,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};
