import { PacketAssembler } from 'node-opcua-packet-assembler';
import { describe, expect, it } from 'vitest';
import { guardAssemblers } from './opcuaGuard.ts';

describe('a packet assembler that nobody listens to any more', () => {
  it('does not throw at what it cannot read', () => {
    guardAssemblers();
    guardAssemblers();
    const assembler = new PacketAssembler({
      readChunkFunc: (data) => ({
        length: data.readUInt32LE(4),
        messageHeader: { msgType: 'ACK', isFinal: 'F', length: data.readUInt32LE(4) },
        extra: '',
      }),
      minimumSizeInBytes: 8,
      maxChunkSize: 64,
    });
    const errors: string[] = [];
    assembler.on('error', (error: Error) => errors.push(error.message));
    assembler.feed(Buffer.alloc(16, 0xff));
    expect(errors).toHaveLength(1);
    assembler.removeAllListeners();
    expect(() => assembler.feed(Buffer.alloc(16, 0xff))).not.toThrow();
  });
});
