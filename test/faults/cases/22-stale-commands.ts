import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { startGateRig, until } from '../link.ts';

const verdicts = 1000;
const settleMs = 3000;
const patienceMs = 120_000;

/**
 * The PLC's program hangs while triggers still come: the worst outage, because verdicts go on being made for a PLC that
 * can be written to. The session ends and begins again meanwhile.
 */
export const fault: Fault = {
  numbers: [22],
  name: '1,000 verdicts during an outage of the PLC',
  toPass: 'executed afterwards: 0 of 1,000',
  quick: false,
  async run() {
    const rig = await startGateRig(60);
    try {
      rig.factory.lanes[0].plc.knob('heartbeat', 'off');
      await rig.untilLink(['stale', 'connecting']);
      // What was on its way when the heartbeat grew old is not of the outage.
      await sleep(settleMs / 10);
      rig.reset();
      await until(async () => (await rig.line()).parts >= verdicts, patienceMs);
      const { parts } = await rig.line();
      const during = await rig.plc();
      rig.factory.lanes[0].plc.knob('heartbeat', 'on');
      await rig.untilLink(['connected']);
      await sleep(settleMs);
      const after = await rig.plc();
      const replayed = after.late + after.refused;
      const stale = during.accepted + during.late + during.refused + replayed;
      return {
        happened: `${parts} verdicts were decided while the PLC was out; of the commands that came, ${after.accepted} were of parts after it.`,
        measured: { verdicts: parts, writtenDuring: during.accepted, executedStale: stale },
        passed: parts >= verdicts && stale === 0 && after.accepted > 0,
      };
    } finally {
      await rig.stop();
    }
  },
};
