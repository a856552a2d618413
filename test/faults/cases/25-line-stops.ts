import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { pidOf, startGateRig } from '../link.ts';

const restMs = 400;

/** The process that decides stands still: our heartbeat stops. */
export const fault: Fault = {
  numbers: [25],
  name: 'our heartbeat stops',
  toPass: 'the PLC is in fail-safe ≤ 300 ms, each time',
  quick: false,
  async run({ full }) {
    const rig = await startGateRig(60);
    try {
      const times = full ? 100 : 20;
      const failSafe: number[] = [];
      for (let i = 0; i < times; i++) {
        const pid = pidOf(rig.station.process('line'));
        process.kill(pid, 'SIGSTOP');
        failSafe.push(await rig.untilFailSafe(true).finally(() => process.kill(pid, 'SIGCONT')));
        await rig.untilFailSafe(false);
        await sleep(restMs);
      }
      const worstFailSafeMs = Math.max(...failSafe);
      return {
        happened: `\`line\` stood still ${times} times; the PLC decided by itself each time.`,
        measured: { times, worstFailSafeMs },
        passed: worstFailSafeMs <= 300,
      };
    } finally {
      await rig.stop();
    }
  },
};
