import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

/**
 * Keeps a server reachable when somebody hoards connections: beyond `most` that have not become a WebSocket, the one whose
 * last whole question is the longest ago goes, for whoever comes. Turning away the newcomer instead would lock out the
 * screens. // faults #36
 *
 * Listeners only; before the server listens or after.
 */
export const makeRoom = (server: Server, most: number): void => {
  /** In the order of their last whole question, the oldest first. */
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    const [oldest] = open;
    if (open.size > most) oldest?.destroy();
  });
  server.on('request', ({ socket }) => {
    if (open.delete(socket)) open.add(socket);
  });
  // Those are counted by themselves, and a screen's is silent for long.
  server.on('upgrade', ({ socket }) => open.delete(socket));
};

/** The WebSockets that are open, `most` of them. */
export interface Seats {
  /** Whether one more may come, from this machine (`isHere`) or from elsewhere. */
  admit(isHere: boolean): boolean;
  take(socket: Pick<WebSocket, 'terminate' | 'on'>, isHere: boolean): void;
}

/**
 * Seats for screens. When all are taken, who comes from elsewhere is turned away; for who comes from this machine, the
 * kiosk, the one from elsewhere that has sat the longest goes, and where there is none the longest of all: it comes back by
 * itself, and a screen that cannot come in would stay blind. // faults #36
 */
export const openSeats = (most: number): Seats => {
  /** In the order of their coming. */
  const taken = new Map<Pick<WebSocket, 'terminate' | 'on'>, { isHere: boolean }>();
  return {
    admit(isHere) {
      if (taken.size < most) return true;
      if (!isHere) return false;
      const all = [...taken];
      const [leaving] = all.find(([, from]) => !from.isHere) ?? all[0] ?? [];
      // Its place is free now, however long the connection takes to end.
      if (leaving !== undefined) taken.delete(leaving);
      leaving?.terminate();
      return leaving !== undefined;
    },
    take(socket, isHere) {
      taken.set(socket, { isHere });
      socket.on('close', () => taken.delete(socket));
    },
  };
};
