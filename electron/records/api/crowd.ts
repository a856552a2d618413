import type { Server } from 'node:http';
import type { Socket } from 'node:net';

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
