import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { LogLevel, setLogLevel } from 'node-opcua-client';
import { wallMs } from './clock.ts';
import { PersonError } from './errors.ts';
import { ownCertificateFile, type ShownCertificate } from './opcuaCertificates.ts';
import { revocationListUntilMs } from './revocationList.ts';

/** What is done with a certificate of an authority whose revocation list is not there, or is past its end. // faults #31 */
export type MissingCrl = 'refuse' | 'warn';

/** One application's keys and trust: `own`, `trusted`, `issuers` and `rejected` lie in its folder. */
export interface Pki {
  manager: OPCUACertificateManager;
  certificateFile: string;
  privateKeyFile: string;
  applicationUri: string;
  /** The trusted certificate that a peer showed last, in its time or not; `null` before. */
  shown(): ShownCertificate | null;
  close(): Promise<void>;
}

/** The application URI that a certificate (PEM file) carries; peers compare it with what the application says of itself. */
export const applicationUriOf = (certificateFile: string): string => {
  const { subjectAltName = '' } = new X509Certificate(readFileSync(certificateFile));
  const uri = /URI:([^,]+)/.exec(subjectAltName)?.[1];
  if (uri === undefined)
    throw new PersonError(`The certificate ${certificateFile} carries no application URI.`, 'Make a new one for OPC UA.');
  return uri;
};

/** Tells what the peer showed, and whether nobody could say if it is revoked. */
class TrustList extends OPCUACertificateManager {
  missingCrl: MissingCrl = 'refuse';
  shown: ShownCertificate | null = null;
  own: Buffer | null = null;

  override async verifyCertificate(...[chain, options]: Parameters<OPCUACertificateManager['verifyCertificate']>) {
    const { raw } = new X509Certificate(Array.isArray(chain) ? (chain[0] ?? Buffer.alloc(0)) : chain);
    const listed = await super.verifyCertificate(chain, options);
    // A list past its end proves nothing of today: as if it were not there, but who stands in it stays revoked. // RFC 5280 §6.3.3
    const isOld = listed === 'Good' && (revocationListUntilMs(this.rootDir, raw) ?? Infinity) <= wallMs();
    const strict = isOld ? ('BadCertificateRevocationUnknown' as typeof listed) : listed;
    const isUnknown = /Certificate(Issuer)?RevocationUnknown$/.test(strict);
    const status =
      isUnknown && this.missingCrl === 'warn'
        ? await super.verifyCertificate(chain, { ...options, ignoreMissingRevocationList: true })
        : strict;
    // Our own passes here as well. Only who is trusted but for the date is shown: a stranger raises no alarm in another's name.
    if ((status === 'Good' || status === 'BadCertificateTimeInvalid') && this.own?.equals(raw) !== true)
      this.shown = { raw, isRevocationKnown: !isUnknown };
    return status;
  }
}

/** Opens an application's PKI folder. Nothing unknown is trusted. Throws {@link PersonError} when it holds no certificate. */
export const openPki = async (folder: string, missingCrl: MissingCrl = 'refuse'): Promise<Pki> => {
  quiet();
  const certificateFile = ownCertificateFile(folder);
  if (!existsSync(certificateFile))
    throw new PersonError(
      `This station has no OPC UA certificate of the name "${basename(folder)}".`,
      'Maintenance: create one and let the other side trust it; the demo does it by itself.',
    );
  const applicationUri = applicationUriOf(certificateFile);
  // No file watchers: who is refused opens the folder again at its next try.
  const manager = new TrustList({
    rootFolder: folder,
    automaticallyAcceptUnknownCertificate: false,
    disableFileWatchers: true,
  });
  manager.missingCrl = missingCrl;
  manager.own = new X509Certificate(readFileSync(certificateFile)).raw;
  await manager.initialize();
  const close = async (): Promise<void> => {
    // Clients count themselves in and never out, and what is still counted is not disposed of.
    manager.referenceCounter = 0;
    await manager.dispose();
  };
  return { manager, certificateFile, privateKeyFile: manager.privateKey, applicationUri, shown: () => manager.shown, close };
};

/** node-opcua writes to the console what we tell in our own words. `NODEOPCUA_LOG_LEVEL` brings it back. */
const quiet = (): void => {
  if (process.env['NODEOPCUA_LOG_LEVEL'] === undefined) setLogLevel(LogLevel.Emergency);
};
