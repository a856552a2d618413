import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { type GateRig, killPlc, startGateRig } from '../link.ts';

const times = 20;
const restMs = 500;

interface Round {
  noticedMs: number;
  failSafeMs: number;
  writableMs: number;
}

const round = async (rig: GateRig, outageMs: number): Promise<Round> => {
  const noticed = rig.untilLink(['connecting', 'stale', 'refused']);
  await killPlc(rig);
  const noticedMs = await noticed;
  await sleep(outageMs);
  await rig.factory.lanes[0].startPlc();
  const [writableMs, failSafeMs] = await Promise.all([rig.untilLink(['connected']), rig.untilFailSafe(true)]);
  await rig.untilFailSafe(false);
  await sleep(restMs);
  return { noticedMs, failSafeMs, writableMs };
};

/** The PLC loses its power and comes back. */
export const fault: Fault = {
  numbers: [21],
  name: 'PLC killed 20 times',
  toPass: 'noticed ≤ 100 ms, fail-safe by the PLC ≤ 300 ms, writable ≤ 500 ms after it is up, each time',
  quick: false,
  async run({ full }) {
    const rig = await startGateRig(60);
    try {
      const rounds: Round[] = [];
      for (const outageMs of full ? [5000, 20_000, 60_000] : [300])
        for (let i = 0; i < times; i++) rounds.push(await round(rig, outageMs));
      const worst = (name: keyof Round): number => Math.max(...rounds.map((each) => each[name]));
      const { late } = await rig.plc();
      const measured = {
        ...{ rounds: rounds.length, worstNoticedMs: worst('noticedMs'), worstFailSafeMs: worst('failSafeMs') },
        ...{ worstWritableMs: worst('writableMs'), late },
      };
      return {
        happened: `Killed and started ${rounds.length} times; the station was there again each time.`,
        measured,
        passed: measured.worstNoticedMs <= 100 && measured.worstFailSafeMs <= 300 && measured.worstWritableMs <= 500,
      };
    } finally {
      await rig.stop();
    }
  },
};
