import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { startGateRig } from '../link.ts';

const restMs = 600;

/** The session lives and writes are answered, but the subscription tells nothing any more. */
export const fault: Fault = {
  numbers: [26],
  name: 'subscription silently dead',
  toPass: 'alarm ≤ 3 intervals of 100 ms, recovered ≤ 2 s',
  quick: false,
  async run({ full }) {
    const rig = await startGateRig(60);
    try {
      const times = full ? 20 : 5;
      const [alarmed, recovered]: [number[], number[]] = [[], []];
      for (let i = 0; i < times; i++) {
        rig.factory.lanes[0].plc.knob('mute', '');
        const alarmMs = await rig.untilLink(['stale', 'connecting']);
        alarmed.push(alarmMs);
        recovered.push(alarmMs + (await rig.untilLink(['connected'])));
        await sleep(restMs);
      }
      const measured = { times, worstAlarmMs: Math.max(...alarmed), worstRecoveredMs: Math.max(...recovered) };
      return {
        happened: `The subscription fell silent ${times} times and was made anew each time.`,
        measured,
        passed: measured.worstAlarmMs <= 300 && measured.worstRecoveredMs <= 2000,
      };
    } finally {
      await rig.stop();
    }
  },
};
