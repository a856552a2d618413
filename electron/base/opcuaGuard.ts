import { PacketAssembler } from 'node-opcua-packet-assembler';

/**
 * Keeps a malformed peer from ending our process.
 *
 * A transport that has heard the peer's acknowledge takes the listeners from its packet assembler, which may still be in the
 * middle of the bytes that came with it: an error in those has nobody to go to then, and ends the process. (node-opcua
 * 2.186.4, `TCP_transport.setLimits`.) // faults #34: coalesced segments
 */
export const guardAssemblers = (): void => {
  const { prototype } = PacketAssembler;
  if (Object.hasOwn(prototype, 'removeAllListeners')) return;
  const removeAll = prototype.removeAllListeners;
  prototype.removeAllListeners = function (this: PacketAssembler, event) {
    removeAll.call(this, event);
    return this.on('error', () => undefined);
  };
};
