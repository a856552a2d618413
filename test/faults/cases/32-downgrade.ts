import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { killPlc, startGateRig } from '../link.ts';

const refusedForMs = 7000;

/** The server offers nothing but None, Basic128Rsa15 and Basic256. */
export const fault: Fault = {
  numbers: [32],
  name: 'only outdated security offered',
  toPass: '0 sessions',
  quick: true,
  async run() {
    const rig = await startGateRig(20);
    try {
      await killPlc(rig);
      await rig.factory.lanes[0].startPlc(['--outdated']);
      await rig.untilLink(['refused']);
      await sleep(refusedForMs);
      const { state, message } = (await rig.line()).plc;
      const { accepted, failSafe } = await rig.plc();
      return {
        happened: message,
        measured: { writes: accepted, heartbeatsHeard: failSafe ? 0 : 1 },
        passed: state === 'refused' && accepted === 0 && failSafe,
      };
    } finally {
      await rig.stop();
    }
  },
};
