import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { LogLevel, setLogLevel } from 'node-opcua-client';
import { PersonError } from './errors.ts';

/** One application's keys and trust: `own`, `trusted`, `issuers` and `rejected` lie in its folder. */
export interface Pki {
  manager: OPCUACertificateManager;
  certificateFile: string;
  privateKeyFile: string;
  applicationUri: string;
  close(): Promise<void>;
}

/** Where an application's own certificate stands. */
export const ownCertificateFile = (folder: string): string => join(folder, 'own', 'certs', 'certificate.pem');

/** The application URI that a certificate (PEM file) carries; peers compare it with what the application says of itself. */
export const applicationUriOf = (certificateFile: string): string => {
  const { subjectAltName = '' } = new X509Certificate(readFileSync(certificateFile));
  const uri = /URI:([^,]+)/.exec(subjectAltName)?.[1];
  if (uri === undefined)
    throw new PersonError(`The certificate ${certificateFile} carries no application URI.`, 'Make a new one for OPC UA.');
  return uri;
};

/** Opens an application's PKI folder. Nothing unknown is trusted. Throws {@link PersonError} when it holds no certificate. */
export const openPki = async (folder: string): Promise<Pki> => {
  quiet();
  const certificateFile = ownCertificateFile(folder);
  if (!existsSync(certificateFile))
    throw new PersonError(
      `This station has no OPC UA certificate of the name "${basename(folder)}".`,
      'Maintenance: create one and let the other side trust it; the demo does it by itself.',
    );
  const applicationUri = applicationUriOf(certificateFile);
  // No file watchers: who is refused opens the folder again at its next try.
  const manager = new OPCUACertificateManager({
    rootFolder: folder,
    automaticallyAcceptUnknownCertificate: false,
    disableFileWatchers: true,
  });
  await manager.initialize();
  const close = async (): Promise<void> => {
    // Clients count themselves in and never out, and what is still counted is not disposed of.
    manager.referenceCounter = 0;
    await manager.dispose();
  };
  return { manager, certificateFile, privateKeyFile: manager.privateKey, applicationUri, close };
};

/** node-opcua writes to the console what we tell in our own words. `NODEOPCUA_LOG_LEVEL` brings it back. */
const quiet = (): void => {
  if (process.env['NODEOPCUA_LOG_LEVEL'] === undefined) setLogLevel(LogLevel.Emergency);
};
