import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Life, dayOf, lifeStage } from './certificateLife.ts';
import { PersonError } from './errors.ts';
import { lifeOf, ownCertificateFile } from './opcuaCertificates.ts';

/** Who speaks with whom, for people. */
interface Whose {
  peer: string;
  endpoint: string;
  /** Our PKI folder. */
  pki: string;
}

/** How a person gets an application of the station another certificate. */
export const renewToDo = (application: string, peer: string): string =>
  `Maintenance: "linegate certificate renew ${application}" makes another; let the ${peer} trust it, then put it to use with --use.`;

/** How a person gets a server another certificate. */
export const replaceToDo = (application: string, peer: string): string =>
  `Maintenance: give the ${peer} another certificate and compare its fingerprint there, then let this station trust it: "linegate certificate trust ${application}".`;

/** Why our own certificate cannot be shown to anybody at wall clock `nowMs`, `null` when it is in its time. */
export const untimelyOwn = ({ peer, pki }: Whose, nowMs: number): PersonError | null => {
  const life = lifeOf(new X509Certificate(readFileSync(ownCertificateFile(pki))));
  const name = basename(pki);
  return untimely(`The certificate of this station for the ${peer} ("${name}")`, renewToDo(name, peer), life, nowMs);
};

/** Why a server's certificate (DER) is refused at wall clock `nowMs`, `null` when it is in its time. */
export const untimelyPeer = ({ peer, endpoint, pki }: Whose, raw: Buffer, nowMs: number): PersonError | null =>
  untimely(
    `The certificate of the ${peer} at ${endpoint}`,
    replaceToDo(basename(pki), peer),
    lifeOf(new X509Certificate(raw)),
    nowMs,
  );

const untimely = (whose: string, another: string, life: Life, nowMs: number): PersonError | null => {
  const stage = lifeStage(life, nowMs);
  if (stage === 'expired') return new PersonError(`${whose} has expired on ${dayOf(life.untilMs)}.`, another);
  if (stage !== 'not-yet') return null;
  // A clock that starts anew at every power cut is more likely than a certificate made for later. // faults #30
  const clock = `the clock of this station says ${dayOf(nowMs)}`;
  return new PersonError(`${whose} is valid only from ${dayOf(life.fromMs)} on, and ${clock}.`, setTheClock);
};

/** What to do about a certificate from the future. */
export const setTheClock =
  'Maintenance: set the clock of this station; when it forgets the time without power, replace its battery.';
