import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Life, newLife } from '../base/certificateLife.ts';
import { ownCertificateFile } from '../base/opcuaCertificates.ts';
import { makeOwnCertificate } from '../base/opcuaOwn.ts';
import { trust } from '../base/opcuaTrust.ts';

/** An application of the demo: its PKI folder and whom it trusts (names of other applications). */
export interface Application {
  name: string;
  pki: string;
  trusts: string[];
  /** It has its key and its certificate, and keeps them. */
  exists?: boolean;
}

/**
 * Makes a self-signed certificate for each application, with a key where it has none, and lets each that was made trust those
 * it names.
 */
export const makeCertificates = async (
  applications: Application[],
  nowMs: number,
  life: Life = newLife(nowMs),
): Promise<void> => {
  const made = applications.filter(({ exists }) => exists !== true);
  // Keys are made in threads of their own, so all at once.
  await Promise.all(made.map(({ name, pki }) => makeOwnCertificate(name, pki, life, ownCertificateFile(pki))));
  for (const { pki, trusts } of made)
    for (const other of applications)
      if (trusts.includes(other.name)) trust(pki, new X509Certificate(readFileSync(ownCertificateFile(other.pki))));
};
