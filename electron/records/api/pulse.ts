import type { WebSocket } from 'ws';

/**
 * Pings `socket` every so often, and ends it when it has not answered by the next time. Every browser answers by itself;
 * what has gone without a word would hold a place for ever. // faults #36
 */
export const keepPulse = (socket: WebSocket, everyMs: number): void => {
  let hasAnswered = true;
  const timer = setInterval(() => {
    if (!hasAnswered) return socket.terminate();
    hasAnswered = false;
    socket.ping();
  }, everyMs);
  socket.on('pong', () => (hasAnswered = true));
  socket.on('close', () => clearInterval(timer));
};
