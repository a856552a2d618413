import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Life } from './certificateLife.ts';
import { revocationListUntilMs } from './revocationList.ts';

/** One of the station's applications that speak OPC UA, and the servers it speaks with. */
export interface OpcuaApplication {
  name: string;
  pki: string;
  /** What the servers are called before people: `PLC`, `MES`. */
  peer: string;
  endpoints: string[];
}

/** A certificate as the last server with that address showed it. */
export interface ShownCertificate {
  /** DER. */
  raw: Buffer;
  /** Whether a revocation list could be asked, or none was needed. */
  isRevocationKnown: boolean;
}

/** A certificate on which the station depends: its own (`endpoint` is `null`) or that of a server. */
export interface KnownCertificate extends Life {
  application: string;
  peer: string;
  endpoint: string | null;
  /** SHA-256, as the other side shows it. */
  fingerprint: string;
  subject: string;
  /** At the last connection. */
  isRevocationKnown: boolean;
  /** Until when the revocation list counts that lies here; `null` where none is needed or none is there. */
  listUntilMs: number | null;
}

/** Where an application's own certificate stands. */
export const ownCertificateFile = (pki: string): string => join(pki, 'own', 'certs', 'certificate.pem');

/** When a certificate is valid. */
export const lifeOf = ({ validFromDate, validToDate }: X509Certificate): Life => ({
  fromMs: validFromDate.getTime(),
  untilMs: validToDate.getTime(),
});

const shownFile = (pki: string, endpoint: string): string =>
  join(pki, 'peers', `${endpoint.replace('opc.tcp://', '').replaceAll(/[^\w.-]/g, '_')}.json`);

/**
 * Remembers what the trusted server at `endpoint` showed, for who warns of its end: one that an authority vouches for lies in
 * no trust list. Nothing is trusted because of it.
 */
export const rememberShown = (pki: string, endpoint: string, { raw, isRevocationKnown }: ShownCertificate): void => {
  const file = shownFile(pki, endpoint);
  const text = JSON.stringify({ endpoint, isRevocationKnown, certificate: raw.toString('base64') });
  try {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
    mkdirSync(join(pki, 'peers'), { recursive: true });
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  } catch {
    // A disk that takes nothing must not cost the session; it has alarms of its own.
  }
};

/** The certificates on which these applications depend; what is not there or cannot be read is left out. */
export const knownCertificates = (applications: readonly OpcuaApplication[]): KnownCertificate[] =>
  applications.flatMap(({ name: application, pki, peer, endpoints }) => [
    ...readable(() => known({ application, peer, endpoint: null }, readFileSync(ownCertificateFile(pki)), true, null)),
    ...endpoints.flatMap((endpoint) =>
      readable(() => {
        const { certificate, isRevocationKnown } = JSON.parse(readFileSync(shownFile(pki, endpoint), 'utf8')) as Remembered;
        const raw = Buffer.from(certificate, 'base64');
        const untilMs = revocationListUntilMs(pki, raw);
        return known({ application, peer, endpoint }, raw, isRevocationKnown, untilMs === Infinity ? null : untilMs);
      }),
    ),
  ]);

interface Remembered {
  certificate: string;
  isRevocationKnown: boolean;
}

const known = (
  whose: Pick<KnownCertificate, 'application' | 'peer' | 'endpoint'>,
  bytes: Buffer,
  isRevocationKnown: boolean,
  listUntilMs: number | null,
): KnownCertificate => {
  const certificate = new X509Certificate(bytes);
  const subject = certificate.subject.replaceAll('\n', ', ');
  return { ...whose, ...lifeOf(certificate), fingerprint: certificate.fingerprint256, subject, isRevocationKnown, listUntilMs };
};

/** A folder that is half made or a torn file must not stop who only warns. */
const readable = (read: () => KnownCertificate): KnownCertificate[] => {
  try {
    return [read()];
  } catch {
    return [];
  }
};
