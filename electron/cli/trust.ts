import { refusedCertificates, trustRefused } from '../base/opcuaTrust.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * Lists what the application of a PKI folder has refused; with a fingerprint (SHA-256, in full), trusts the one that has it.
 * One piece for PLC and MES. Throws `PersonError` when none has it.
 */
export const listOrTrust = (pki: string, fingerprint: string | undefined): void => {
  if (fingerprint !== undefined) return say(`Trusted from the next try on: ${trustRefused(pki, fingerprint).subject}`);
  const refused = refusedCertificates(pki);
  if (refused.length === 0) return say('No certificate was refused.');
  for (const { subject, fingerprint: print, validTo } of refused) say(`${subject}, until ${validTo}\n  ${print}`);
};
