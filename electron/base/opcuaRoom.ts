import diagnostics from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { OPCUAServer } from 'node-opcua';

/**
 * Keeps an OPC UA server reachable when somebody hoards connections: beyond `most`, the oldest without a session goes for
 * whoever comes; until the server shuts down. After it is initialized.
 *
 * node-opcua does so itself when it is full, but one after the other: while it waits for one to be closed it turns away all
 * others that come. So `most` must be well below its own limit. (2.186.4, `OPCUAServerEndPoint._prevent_DDOS_Attack`.) // faults #36
 */
export const makeOpcuaRoom = (server: OPCUAServer, port: number, most: number): void => {
  /** The oldest first. */
  const open = new Set<Socket>();
  const welcome = (message: unknown): void => {
    const { socket } = message as { socket: Socket };
    if (socket.localPort !== port) return;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    if (open.size > most) oldestWithoutSession(server, open)?.destroy();
  };
  // The listening socket is node-opcua's own; this is Node's word of every connection that is accepted in this process.
  diagnostics.subscribe('net.server.socket', welcome);
  server.engine?.registerShutdownTask(() => void diagnostics.unsubscribe('net.server.socket', welcome));
};

const oldestWithoutSession = (server: OPCUAServer, open: ReadonlySet<Socket>): Socket | undefined => {
  const channels = server.endpoints.flatMap((endpoint) => endpoint.getChannels());
  const busy = new Set(channels.filter(({ hasSession }) => hasSession).map(({ remotePort }) => remotePort));
  return [...open].find(({ destroyed, remotePort }) => !destroyed && !busy.has(remotePort ?? 0));
};
