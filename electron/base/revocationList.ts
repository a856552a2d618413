import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { convertPEMtoDER, type DirectoryName, exploreCertificate, exploreCertificateRevocationList } from 'node-opcua-crypto';

/** Who issued a revocation list (DER or PEM), and until when it counts; one that tells no end always does. Throws on what is none. // RFC 5280 §5.1 */
const readList = (file: Buffer): { issuer: DirectoryName; untilMs: number } => {
  const isText = file.includes('-----BEGIN');
  const { issuer, nextUpdate } = exploreCertificateRevocationList(
    isText ? convertPEMtoDER(file.toString('latin1')) : file,
  ).tbsCertList;
  return { issuer, untilMs: nextUpdate?.getTime() ?? Number.POSITIVE_INFINITY };
};

/** All attributes in their order; the named ones of the library keep only the last of several. */
const isSame = (one: DirectoryName, other: DirectoryName): boolean => isDeepStrictEqual(one.entries, other.entries);

/**
 * Until when the newest revocation list in a PKI folder counts that the issuer of a certificate (DER) made; `Infinity` where
 * none is needed, `null` where there is none. What is no list is left out.
 */
export const revocationListUntilMs = (pki: string, certificate: Buffer): number | null => {
  const { issuer, subject } = exploreCertificate(certificate).tbsCertificate;
  if (isSame(issuer, subject)) return Number.POSITIVE_INFINITY;
  const ends = [join(pki, 'issuers', 'crl'), join(pki, 'trusted', 'crl')].filter(existsSync).flatMap((folder) =>
    readdirSync(folder).flatMap((file) => {
      try {
        const list = readList(readFileSync(join(folder, file)));
        return isSame(list.issuer, issuer) ? [list.untilMs] : [];
      } catch {
        return [];
      }
    }),
  );
  return ends.length === 0 ? null : Math.max(...ends);
};
