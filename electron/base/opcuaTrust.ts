import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PersonError } from './errors.ts';

/** A certificate that was shown to an application and turned away. */
export interface RefusedCertificate {
  file: string;
  /** SHA-256, as the other side shows it. */
  fingerprint: string;
  subject: string;
  validTo: string;
}

/** What lies among the refused certificates of a PKI folder; what is no certificate is left out. */
export const refusedCertificates = (pki: string): RefusedCertificate[] => {
  const folder = join(pki, 'rejected');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((file) => {
    try {
      const { fingerprint256, subject, validTo } = new X509Certificate(readFileSync(join(folder, file)));
      return [{ file, fingerprint: fingerprint256, subject: subject.replaceAll('\n', ', '), validTo }];
    } catch {
      return [];
    }
  });
};

/**
 * Lets the application of a PKI folder trust a certificate; it no longer counts as refused, which would win. It counts from
 * the next time on that the folder is opened.
 */
export const trust = (pki: string, certificate: X509Certificate): void => {
  const folder = join(pki, 'trusted', 'certs');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${certificate.fingerprint256.replaceAll(':', '')}.pem`), certificate.toString());
  for (const { file, fingerprint } of refusedCertificates(pki))
    if (fingerprint === certificate.fingerprint256) rmSync(join(pki, 'rejected', file));
};

/**
 * Lets the application of a PKI folder trust the refused certificate with this fingerprint (SHA-256, with or without
 * colons, in full: a part of it proves nothing). It counts from the next try on. Throws {@link PersonError}.
 */
export const trustRefused = (pki: string, fingerprint: string): RefusedCertificate => {
  const bare = (text: string): string => text.replaceAll(':', '').toUpperCase();
  const found = refusedCertificates(pki).find((each) => bare(each.fingerprint) === bare(fingerprint));
  if (found === undefined)
    throw new PersonError(
      'No refused certificate has this fingerprint.',
      'Give the whole SHA-256 fingerprint; without one, all that were refused are listed.',
    );
  trust(pki, new X509Certificate(readFileSync(join(pki, 'rejected', found.file))));
  return found;
};
