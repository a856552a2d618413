import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { pidOf, startGateRig } from '../link.ts';
import { openRogue, rogueWays } from '../rogue.ts';

/** A malformed, hostile or broken server answers at the PLC's address. */
export const fault: Fault = {
  numbers: [34],
  name: 'rogue server',
  toPass: '0 ends of the line process without return ≤ 1 s; the PLC is found again',
  quick: false,
  async run({ full }) {
    const rig = await startGateRig(20);
    const rogue = await openRogue();
    try {
      const pid = pidOf(rig.station.process('line'));
      const wanted = full ? 100 : 5;
      const met: number[] = [];
      for (const way of rogueWays) {
        rogue.behave(way);
        rig.proxy.knob('target', `${rogue.port}`);
        rig.proxy.knob('cut', '');
        for (let waits = 0; rogue.met() < wanted && waits < wanted * 300; waits++) await sleep(100);
        met.push(rogue.met());
      }
      const ends = rig.station.process('line').pid() === pid ? 0 : 1;
      rig.proxy.knob('target', `${rig.factory.ports.plc}`);
      rig.proxy.knob('cut', '');
      const backMs = await rig.untilLink(['connected'], 60_000);
      return {
        happened: `${rogueWays.length} ways of answering wrongly, met ${met.join(', ')} times; the line process ${ends === 0 ? 'went on' : 'ended'}.`,
        measured: { ways: met.length, fewestMet: Math.min(...met), ends, backMs },
        passed: ends === 0 && Math.min(...met) >= wanted,
      };
    } finally {
      rogue.close();
      await rig.stop();
    }
  },
};
