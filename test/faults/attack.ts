/**
 * PROCESS of an attacker, `node test/faults/attack.ts OPCUA-PORT API-PORT`: hoards idle sockets at both, floods the one with chunks
 * that mean nothing and starves the other with questions that never end; each again as soon as it is closed. Sends what it has
 * done over Node's IPC when asked. Ends with its parent. // faults #36
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setPriority } from 'node:os';
import { hello } from './hello.ts';

/** What the attacker has done. */
export interface Attack {
  /** Idle sockets that it has not lost. */
  held: number;
  floods: number;
  floodBytes: number;
}

const idleEach = 300;
const floodsEach = 8;
const chunkBytes = 8192;
/** Kinds of chunk: a channel that is never whole, one that is nonsense, a message without a channel, and no chunk at all. */
const kinds = ['OPNC', 'OPNF', 'MSGC', ''];
const dripEveryMs = 100;
/** A person's station does not answer at once either. */
const againAfterMs = 10;

const attack: Attack = { held: 0, floods: 0, floodBytes: 0 };

const open = (port: number, onOpen: (socket: Socket) => void, onClose: () => void = () => undefined): void => {
  const socket = connect(port, '127.0.0.1', () => onOpen(socket));
  socket.on('error', () => undefined);
  socket.on('close', onClose);
};

const hoard = (port: number): void => {
  for (let n = 0; n < idleEach; n++)
    open(
      port,
      () => (attack.held += 1),
      () => (attack.held -= 1),
    );
};

const chunk = (kind: string): Buffer => {
  const bytes = randomBytes(chunkBytes);
  if (kind !== '') bytes.write(kind);
  if (kind !== '') bytes.writeUInt32LE(chunkBytes, 4);
  return bytes;
};

const flood = (port: number, kind: string): void => {
  const pour = (socket: Socket): void => {
    if (!socket.writable) return;
    attack.floodBytes += chunkBytes;
    if (socket.write(chunk(kind))) setImmediate(pour, socket);
    else socket.once('drain', () => pour(socket));
  };
  const begin = (socket: Socket): void => {
    attack.floods += 1;
    socket.write(hello(port));
    socket.once('data', () => pour(socket.resume()));
  };
  open(port, begin, () => setTimeout(flood, againAfterMs, port, kind));
};

/** Slow-loris: a header more now and then. */
const starve = (port: number): void => {
  const begin = (socket: Socket): void => {
    attack.floods += 1;
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n');
    const drip = setInterval(() => socket.write('X-Drip: 1\r\n'), dripEveryMs);
    socket.on('close', () => clearInterval(drip));
  };
  open(port, begin, () => setTimeout(starve, againAfterMs, port));
};

// It would come over the network, and not take the station's processor.
setPriority(19);
const [opcua = 0, api = 0] = process.argv.slice(2).map(Number);
hoard(opcua);
hoard(api);
for (let n = 0; n < floodsEach; n++) {
  flood(opcua, kinds[n % kinds.length] ?? '');
  starve(api);
}
process.on('message', () => process.send?.(attack));
process.on('disconnect', () => process.exit());
