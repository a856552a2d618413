import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { monoMs } from '../../base/clock.ts';

/** What the proxy counted since it started or was reset. */
export interface ProxyCounts {
  connections: number;
  bytes: number;
}

/** A cable that can be slow, cut, or dead without anybody noticing: what stands between two ends of a TCP connection. */
export interface Proxy {
  /** Each piece of data arrives so much later, both ways, in its order. */
  delay(ms: number): void;
  /** On: connections stay open, new ones are taken, and nothing passes: a half-open connection (faults #23). */
  swallow(on: boolean): void;
  /** On: who connects is turned away at once. */
  refuse(on: boolean): void;
  /** Ends all connections at once. */
  cut(): void;
  /** New connections lead to another port of this machine. */
  leadTo(port: number): void;
  counts(): ProxyCounts;
  reset(): void;
  close(): void;
}

/** Listens on `port` of loopback and passes on to `target`. Rejects when it cannot listen. */
export const openProxy = async (port: number, target: number): Promise<Proxy> => {
  const sockets = new Set<Socket>();
  let counts: ProxyCounts = { connections: 0, bytes: 0 };
  const how = { delayMs: 0, swallows: false, refuses: false, target };

  const pass = (from: Socket, to: Socket): void => {
    let before: Promise<unknown> = Promise.resolve();
    let waiting = 0;
    from.on('data', (data) => {
      if (how.swallows) return;
      counts.bytes += data.length;
      const dueMs = monoMs() + how.delayMs;
      if (how.delayMs === 0 && waiting === 0) return void (to.writable && to.write(data));
      waiting += 1;
      before = before
        .then(() => sleep(Math.max(0, dueMs - monoMs())))
        .then(() => {
          waiting -= 1;
          if (to.writable) to.write(data);
        });
    });
    // A dead cable does not tell that an end has gone.
    from.on('close', () => how.swallows || void before.then(() => to.destroy()));
  };
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((near) => {
    counts.connections += 1;
    if (how.refuses) return void near.destroy();
    const far = connect(how.target, '127.0.0.1');
    pass(keep(near), keep(far));
    pass(far, near);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    delay: (ms) => void (how.delayMs = ms),
    swallow: (on) => void (how.swallows = on),
    refuse: (on) => void (how.refuses = on),
    leadTo: (to) => void (how.target = to),
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    counts: () => counts,
    reset: () => void (counts = { connections: 0, bytes: 0 }),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};
