import { setTimeout as sleep } from 'node:timers/promises';
import type { Life } from '../../../electron/base/certificateLife.ts';
import { ownCertificateFile } from '../../../electron/base/opcuaCertificates.ts';
import { makeOwnCertificate, nextCertificateFile, useNextCertificate } from '../../../electron/base/opcuaOwn.ts';
import { trust } from '../../../electron/base/opcuaTrust.ts';
import { apiOf } from '../counted.ts';
import type { Fault } from '../fault.ts';
import { type GateRig, killPlc, pidOf, startGateRig, until } from '../link.ts';

const dayMs = 24 * 3600 * 1000;
/** The certificates are looked at every five seconds. */
const seenWithinMs = 15_000;
/** Two more tries are made in it. */
const refusedForMs = 12_000;

const fromTo = (fromDays: number, toDays: number): Life => ({
  fromMs: Date.now() + fromDays * dayMs,
  untilMs: Date.now() + toDays * dayMs,
});

/** Days before the end of our certificate, and what the alarm says of it then; `null`: there is none. */
const warnings = [
  [61, null],
  [59, '60'],
  [31, '60'],
  [29, '30'],
  [8, '30'],
  [6, '7'],
  [-1, 'expired'],
] as const;

/** Our certificate, then the PLC's, come to their end and are replaced; the clock comes to stand before their beginning. */
export const fault: Fault = {
  numbers: [30],
  name: 'expired certificate',
  toPass: 'warned on the right day; refused, 0 writes; 0 ends of the line process; connected again when replaced',
  quick: false,
  async run() {
    const rig = await startGateRig(20);
    try {
      const pid = pidOf(rig.station.process('line'));
      const wrong = await wrongWarnings(rig);
      const ours = await ourOwn(rig);
      const theirs = await thePlcs(rig);
      const ends = rig.station.process('line').pid() === pid ? 0 : 1;
      const writes = ours.writes + theirs.writes;
      const wordless = [...ours.said, ...theirs.said].filter(([said, wanted]) => !said.includes(wanted)).length;
      return {
        happened: [...ours.said, ...theirs.said].map(([said]) => said).join(' '),
        measured: { warnings: warnings.length, wrong, wordless, writes, ends, backMs: Math.max(ours.backMs, theirs.backMs) },
        passed: wrong === 0 && wordless === 0 && writes === 0 && ends === 0,
      };
    } finally {
      await rig.stop();
    }
  },
};

const linePki = ({ factory }: GateRig): string => `${factory.paths.stationPki}/line`;

/** Of all alarms about our own certificate. */
const alarmIds = async (rig: GateRig): Promise<string> => {
  const { alarms } = await apiOf(rig).status.query();
  return alarms
    .map(({ id }) => id)
    .filter((id) => id.startsWith('certificate:line:'))
    .join();
};

/** How many of the warnings about our own certificate did not come, or not alone. */
const wrongWarnings = async (rig: GateRig): Promise<number> => {
  let wrong = 0;
  for (const [days, stage] of warnings) {
    await makeOwnCertificate('line', linePki(rig), fromTo(-400, days), ownCertificateFile(linePki(rig)));
    const wanted = stage === null ? '' : `certificate:line:${stage}`;
    await until(async () => (await alarmIds(rig)) === wanted, seenWithinMs).catch(() => (wrong += 1));
    // Where nothing is to come, it has its time to come.
    if (stage === null) await sleep(seenWithinMs / 2);
    if ((await alarmIds(rig)) !== wanted) wrong += 1;
  }
  return wrong;
};

type Said = [what: string, wanted: string];

/** What `line` says for a while in which it is refused, and what the PLC got meanwhile. */
const refused = async (rig: GateRig, wanted: string): Promise<{ said: Said; writes: number }> => {
  await rig.untilLink(['refused']);
  const before = await rig.plc();
  await sleep(refusedForMs);
  const { plc } = await rig.line();
  const after = await rig.plc();
  const writes = after.accepted - before.accepted + (after.late - before.late) + (plc.state === 'refused' ? 0 : 1);
  return { said: [plc.message, wanted], writes };
};

/** Ours has expired, and then comes from the future; it is renewed as a person would. */
const ourOwn = async (rig: GateRig): Promise<{ said: Said[]; writes: number; backMs: number }> => {
  rig.proxy.knob('cut', '');
  const expired = await refused(rig, 'has expired');
  await makeOwnCertificate('line', linePki(rig), fromTo(1, 100), ownCertificateFile(linePki(rig)));
  await sleep(refusedForMs / 2);
  const early = await refused(rig, 'set the clock of this station');
  await makeOwnCertificate('line', linePki(rig), fromTo(-1, 100), nextCertificateFile(linePki(rig)));
  trust(rig.factory.paths.plcPki, useNextCertificate(linePki(rig)));
  await restartPlc(rig);
  const backMs = await rig.untilLink(['connected']);
  return { said: [expired.said, early.said], writes: expired.writes + early.writes, backMs };
};

/** The PLC's has expired; it gets another, which a person approves here. */
const thePlcs = async (rig: GateRig): Promise<{ said: Said[]; writes: number; backMs: number }> => {
  const { plcPki } = rig.factory.paths;
  const give = async (life: Life): Promise<void> => {
    trust(linePki(rig), await makeOwnCertificate('plc', plcPki, life, ownCertificateFile(plcPki)));
    await restartPlc(rig);
  };
  await give(fromTo(-400, -1));
  const { said, writes } = await refused(rig, 'has expired');
  await give(fromTo(-1, 100));
  const backMs = await rig.untilLink(['connected']);
  return { said: [said], writes, backMs };
};

const restartPlc = async (rig: GateRig): Promise<void> => {
  await killPlc(rig);
  await rig.factory.lanes[0].startPlc();
};
