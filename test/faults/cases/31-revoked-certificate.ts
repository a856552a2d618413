import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Authority, foundAuthority, hasOpenssl } from '../authority.ts';
import type { Fault, Outcome } from '../fault.ts';
import { type GateRig, killPlc, startGateRig } from '../link.ts';

/** Two more tries are made in it. */
const refusedForMs = 12_000;

/** The PLC has its certificate from an authority with a revocation list. */
export const fault: Fault = {
  numbers: [31],
  name: 'revoked certificate, missing revocation list',
  toPass: 'revoked refused, without a list as the station file says: 100 %, 0 writes',
  quick: false,
  async run(): Promise<Outcome> {
    if (!hasOpenssl()) return { happened: '', measured: {}, passed: false, skipped: 'There is no openssl on this machine.' };
    const strict = await under('refuse');
    const lenient = await under('warn');
    const tries = [...strict, ...lenient];
    const wrong = tries.filter(({ state, wanted }) => state !== wanted).length;
    const writes = tries.reduce((sum, each) => sum + (each.wanted === 'refused' ? each.writes : 0), 0);
    return {
      happened: tries.map(({ name, state, message }) => `${name}: ${state}. ${message}`).join(' '),
      measured: { tries: tries.length, wrong, writes },
      passed: wrong === 0 && writes === 0,
    };
  },
};

interface Try {
  name: string;
  wanted: 'connected' | 'refused';
  state: string;
  message: string;
  writes: number;
}

/** The same three certificates under one policy for a missing list. */
const under = async (missingCrl: 'refuse' | 'warn'): Promise<Try[]> => {
  const rig = await startGateRig(20, { prepare: (folder) => setPolicy(join(folder, 'station.toml'), missingCrl) });
  const { plcPki, stationPki } = rig.factory.paths;
  const line = join(stationPki, 'line');
  const authority = foundAuthority();
  try {
    authority.certify(plcPki);
    authority.trustedBy(line);
    const unlisted = missingCrl === 'refuse' ? ('refused' as const) : ('connected' as const);
    return [
      await attempt(rig, `no list, ${missingCrl}`, unlisted, () => authority.list(line, false)),
      await attempt(rig, `good by the list, ${missingCrl}`, 'connected', () => authority.list(line, true)),
      await attempt(rig, `revoked, ${missingCrl}`, 'refused', () => revoke(authority, plcPki, line)),
    ];
  } finally {
    await rig.stop();
  }
};

const revoke = (authority: Authority, plcPki: string, line: string): void => {
  authority.revoke(plcPki);
  authority.list(line, true);
};

const setPolicy = (file: string, missingCrl: string): void =>
  writeFileSync(file, readFileSync(file, 'utf8').replace('[lane.plc]', `[lane.plc]\nmissingCrl = "${missingCrl}"`));

/** The PLC starts anew, with nothing written to it yet, after `change`. */
const attempt = async (rig: GateRig, name: string, wanted: Try['wanted'], change: () => void): Promise<Try> => {
  await killPlc(rig);
  change();
  await rig.factory.lanes[0].startPlc();
  await rig.untilLink([wanted]).catch(() => undefined);
  if (wanted === 'refused') await sleep(refusedForMs);
  const { state, message } = (await rig.line()).plc;
  const { accepted, late } = await rig.plc();
  return { name, wanted, state, message, writes: accepted + late };
};
