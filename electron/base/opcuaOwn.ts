import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { dayOf, type Life } from './certificateLife.ts';
import { PersonError } from './errors.ts';
import { lifeOf, ownCertificateFile } from './opcuaCertificates.ts';
import { applicationUriOf } from './opcuaPki.ts';

const keySize = 2048;
const dayMs = 24 * 3600 * 1000;

/** Where a certificate waits until the other side trusts it. */
export const nextCertificateFile = (pki: string): string => join(pki, 'own', 'certs', 'next.pem');

/**
 * Makes a self-signed certificate for the application `name` in the PKI folder `pki` and writes it to `outputFile`, with a
 * key where there is none yet. A key that is there is kept, so that the certificate in use goes on working beside the next,
 * and so is the application URI, by which peers know us.
 */
export const makeOwnCertificate = async (name: string, pki: string, life: Life, outputFile: string): Promise<X509Certificate> => {
  const present = ownCertificateFile(pki);
  const applicationUri = existsSync(present) ? applicationUriOf(present) : `urn:${hostname()}:linegate:${name}`;
  const manager = new OPCUACertificateManager({ rootFolder: pki, keySize, disableFileWatchers: true });
  await manager.initialize();
  await manager.createSelfSignedCertificate({
    applicationUri,
    subject: `/CN=Linegate ${name}/O=Linegate`,
    dns: ['localhost', hostname()],
    ip: ['127.0.0.1'],
    startDate: new Date(life.fromMs),
    // Days, for who reads no milliseconds; these count.
    validity: Math.ceil((life.untilMs - life.fromMs) / dayMs),
    validityMs: life.untilMs - life.fromMs,
    outputFile,
  });
  await manager.dispose();
  return new X509Certificate(readFileSync(outputFile));
};

/** Puts the certificate that waits to use, from the next connection on; the one before is kept. Throws {@link PersonError}. */
export const useNextCertificate = (pki: string): X509Certificate => {
  const [present, next] = [ownCertificateFile(pki), nextCertificateFile(pki)];
  if (!existsSync(next)) throw new PersonError('There is no new certificate to put to use.', 'Call it without --use first.');
  if (existsSync(present)) {
    const { untilMs } = lifeOf(new X509Certificate(readFileSync(present)));
    renameSync(present, join(pki, 'own', 'certs', `until-${dayOf(untilMs)}.pem`));
  }
  renameSync(next, present);
  return new X509Certificate(readFileSync(present));
};
