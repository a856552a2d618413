import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { connections, startGateRig } from '../link.ts';

const shortMinutes = 0.5;
/** The laboratory's category is 36 h: `--minutes 2160`. */
const fullMinutes = 60;

/** Nothing happens, for long. */
export const fault: Fault = {
  numbers: [28],
  name: 'communication for a long time',
  toPass: '0 reconnects that nobody asked for',
  quick: false,
  async run({ full, minutes = full ? fullMinutes : shortMinutes }) {
    const rig = await startGateRig(60);
    try {
      rig.proxy.reset();
      rig.reset();
      await sleep(minutes * 60_000);
      const reconnects = await connections(rig);
      const { parts, late } = await rig.line();
      const { refused } = await rig.plc();
      return {
        happened: `${parts} parts in ${minutes} minutes over one connection.`,
        measured: { minutes, parts, reconnects, late, refused },
        passed: parts > 0 && reconnects === 0 && refused === 0,
      };
    } finally {
      await rig.stop();
    }
  },
};
