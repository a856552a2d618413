import { mkdtempSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeMessage, readMessages } from '../../electron/base/framing.ts';
import type { FromConveyor, ToConveyor } from '../../electron/contract/wiring.ts';

/** The conveyor's end of the wires, moved by hand. */
export interface HandConveyor {
  path: string;
  /** What the PLC sent. */
  heard: ToConveyor[];
  /** A part is at the sensor; returns where. */
  part(part: number, bad?: boolean): number;
  left(part: number, ejected: boolean): void;
  moveTo(encoder: number): void;
  encoder(): number;
  close(): void;
}

/** Listens on a Unix socket of its own; `speed` in counts a second is only told, nothing moves by itself. */
export const openConveyor = async (speed: number): Promise<HandConveyor> => {
  const path = join(mkdtempSync(join(tmpdir(), 'linegate-test-')), 'wiring.sock');
  const heard: ToConveyor[] = [];
  let plc: Socket | null = null;
  let encoder = 0;
  const send = (message: FromConveyor): void => void plc?.write(encodeMessage(message));
  const server = createServer((socket) => {
    plc = socket;
    socket.on('error', () => undefined);
    readMessages(socket, (message) => heard.push(message as ToConveyor));
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    path,
    heard,
    part(part, bad = false) {
      send({ type: 'edge', part, encoder, truth: { label: bad ? 'cracked' : 'good', bad } });
      return encoder;
    },
    left: (part, ejected) => send({ type: 'left', part, ejected, openedBefore: ejected ? 80 : null }),
    moveTo(to) {
      encoder = to;
      send({ type: 'tick', encoder, countsPerSecond: speed, running: true });
    },
    encoder: () => encoder,
    close() {
      plc?.destroy();
      server.close();
    },
  };
};
