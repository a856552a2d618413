import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { type GateRig, pidOf, startGateRig } from '../link.ts';

const restMs = 600;

/** The PLC stands still, its connections open. */
const stopped = async (rig: GateRig, forMs: number): Promise<number> => {
  const pid = pidOf(rig.factory.lanes[0].plc);
  process.kill(pid, 'SIGSTOP');
  try {
    const detectedMs = await rig.untilLink(['stale', 'connecting']);
    await sleep(forMs);
    return detectedMs;
  } finally {
    process.kill(pid, 'SIGCONT');
  }
};

/** The cable is dead, and neither end is told. */
const swallowed = async (rig: GateRig, forMs: number): Promise<number> => {
  rig.proxy.knob('swallow', 'on');
  const detectedMs = await rig.untilLink(['stale', 'connecting']);
  await sleep(forMs);
  rig.proxy.knob('swallow', 'off');
  return detectedMs;
};

/** A PLC that hangs, and a cable that is dead while its connections stand. */
export const fault: Fault = {
  numbers: [23],
  name: 'half-open connection',
  toPass: 'detected ≤ 300 ms',
  quick: false,
  async run({ full }) {
    const rig = await startGateRig(60);
    const [times, forMs] = full ? [10, 10_000] : [5, 1000];
    try {
      const [detected, back]: [number[], number[]] = [[], []];
      for (const lose of [stopped, swallowed])
        for (let i = 0; i < times; i++) {
          detected.push(await lose(rig, forMs));
          back.push(await rig.untilLink(['connected']));
          await rig.untilFailSafe(false);
          await sleep(restMs);
        }
      const worstDetectedMs = Math.max(...detected);
      return {
        happened: `The PLC stood still ${times} times and the cable was dead ${times} times, ${forMs / 1000} s each.`,
        measured: { worstDetectedMs, worstBackMs: Math.max(...back) },
        passed: worstDetectedMs <= 300,
      };
    } finally {
      await rig.stop();
    }
  },
};
