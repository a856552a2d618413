import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { monoMs } from '../../electron/base/clock.ts';
import { type Rig, type RigSetUp, startRig } from '../../electron/cli/bench/rig.ts';
import type { LineEvent, LinkState } from '../../electron/contract/facts.ts';
import type { LaneFigures } from '../../electron/contract/process.ts';
import type { PlcFigures } from '../../electron/contract/wiring.ts';
import type { SimChild } from '../../electron/sim/child.ts';
import type { ProxyCounts } from '../../electron/sim/proxy/proxy.ts';
import { apiOf } from './counted.ts';

const lookEveryMs = 5;

/** The demo line, with a cable with faults before its PLC. */
export interface GateRig extends Rig {
  proxy: SimChild;
  /** What `line` says, whether or not there is a PLC. */
  line(): Promise<LaneFigures>;
  plc(): Promise<PlcFigures>;
  /** How long it takes from now until the link is in one of these states. Throws after `patienceMs`. */
  untilLink(states: LinkState[], patienceMs?: number): Promise<number>;
  /** How long it takes from now until the PLC decides by its own rule, or no longer does. */
  untilFailSafe(is: boolean): Promise<number>;
  events(): Promise<LineEvent[]>;
}

/** Starts it and waits until verdicts reach the gate. */
export const startGateRig = async (rate: number, setUp: RigSetUp = {}): Promise<GateRig> => {
  const rig = await startRig(['--rate', `${rate}`], () => undefined, { ...setUp, proxied: true });
  const { proxy } = rig;
  if (proxy === null) throw new Error('there is no cable to the PLC');
  const line = async (): Promise<LaneFigures> => {
    const [lane] = (await rig.station.process('line').figures()) as LaneFigures[];
    if (lane === undefined) throw new Error('the station has no lane');
    return lane;
  };
  const plc = async (): Promise<PlcFigures> => (await rig.factory.lanes[0].plc.figures()) as PlcFigures;
  const gate: GateRig = {
    ...{ ...rig, proxy, line, plc },
    untilLink: (states, patienceMs) => until(async () => states.includes((await line()).plc.state), patienceMs),
    untilFailSafe: (is) => until(async () => (await plc()).failSafe === is),
    events: () => apiOf(rig).events.query({ lane: 'lane-1', limit: 200 }),
  };
  await gate.untilLink(['connected']);
  await gate.untilFailSafe(false);
  return gate;
};

/** How often the cable was connected to. */
export const connections = async ({ proxy }: GateRig): Promise<number> => ((await proxy.figures()) as ProxyCounts).connections;

/** How many milliseconds it takes until `is`. Throws after `patienceMs`. */
export const until = async (is: () => Promise<boolean>, patienceMs = 15_000): Promise<number> => {
  const startMs = monoMs();
  while (!(await is())) {
    if (monoMs() - startMs > patienceMs) throw new Error(`not so within ${patienceMs} ms: ${is.toString()}`);
    await sleep(lookEveryMs);
  }
  return monoMs() - startMs;
};

/** Process of a simulator or of the station that must be there. */
export const pidOf = (each: { pid(): number | undefined }): number => {
  const pid = each.pid();
  if (pid === undefined) throw new Error('the process is not there');
  return pid;
};

/** Resident memory, MiB, and open files of a process, as the kernel tells. */
export const useOf = (pid: number): { rssMiB: number; files: number } => {
  const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return { rssMiB: Math.round(Number(kib ?? 0) / 1024), files: readdirSync(`/proc/${pid}/fd`).length };
};

/** Kills the PLC as a power cut would, and waits until it is gone. */
export const killPlc = async (rig: Rig): Promise<void> => {
  const { plc } = rig.factory.lanes[0];
  process.kill(pidOf(plc), 'SIGKILL');
  await plc.gone;
};
