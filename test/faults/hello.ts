import { connect } from 'node:net';
import { monoMs } from '../../electron/base/clock.ts';

/** Hello message of OPC 10000-6 §7.1.2.3: version 0, buffers of 64 KiB, no limits, and where we want to go. */
export const hello = (port: number): Buffer => {
  const url = Buffer.from(`opc.tcp://127.0.0.1:${port}`);
  const message = Buffer.alloc(32 + url.length);
  message.write('HELF');
  for (const [index, value] of [message.length, 0, 65_536, 65_536, 0, 0, url.length].entries())
    message.writeUInt32LE(value, 4 + 4 * index);
  url.copy(message, 32);
  return message;
};

/**
 * How many milliseconds it takes from a new connection to a server on this machine, over `question`, to the first bytes of its
 * answer; `patienceMs` when none comes.
 */
export const greet = (port: number, question: Buffer | string, patienceMs: number): Promise<number> =>
  new Promise((resolve) => {
    const startMs = monoMs();
    const end = (ms: number): void => {
      resolve(ms);
      socket.destroy();
    };
    const socket = connect(port, '127.0.0.1', () => socket.write(question));
    socket.setTimeout(patienceMs, () => end(patienceMs));
    socket.once('data', () => end(monoMs() - startMs));
    socket.on('error', () => end(patienceMs));
    socket.on('close', () => end(patienceMs));
  });
