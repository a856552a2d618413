import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { startGateRig } from '../link.ts';

const leastBetweenMs = 5000;

/** Somebody has changed the password of the PLC. */
export const fault: Fault = {
  numbers: [33],
  name: 'wrong password',
  toPass: 'alarm; ≤ 1 attempt in 5 s',
  quick: true,
  async run({ full }) {
    const rig = await startGateRig(20);
    const file = rig.factory.paths.passwordFile;
    const right = readFileSync(file, 'utf8');
    try {
      writeFileSync(file, 'guess');
      rig.proxy.knob('cut', '');
      await rig.untilLink(['refused']);
      const first = (await rig.plc()).refusedUsers;
      const forMs = full ? 60_000 : 16_000;
      await sleep(forMs);
      const attempts = (await rig.plc()).refusedUsers - first;
      const { state, message } = (await rig.line()).plc;
      writeFileSync(file, right);
      const backMs = await rig.untilLink(['connected']);
      return {
        happened: message,
        measured: { attempts, forMs, backMs },
        passed: state === 'refused' && attempts > 0 && attempts <= Math.ceil(forMs / leastBetweenMs),
      };
    } finally {
      writeFileSync(file, right);
      await rig.stop();
    }
  },
};
