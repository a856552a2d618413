import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A piece of DER: its tag and where its content is. // ITU-T X.690 §8.1 */
interface Block {
  tag: number;
  from: number;
  to: number;
}

const sequence = 0x30;
const [utcTime, generalizedTime] = [0x17, 0x18];

const blockAt = (der: Buffer, at: number): Block => {
  const [tag, first] = [der.readUInt8(at), der.readUInt8(at + 1)];
  const more = first < 0x80 ? 0 : first - 0x80;
  const length = more === 0 ? first : der.readUIntBE(at + 2, more);
  return { tag, from: at + 2 + more, to: at + 2 + more + length };
};

/** The first `count` pieces in what is signed of a certificate or a list, without a version, which may lead. */
const signedPieces = (der: Buffer, version: number, count: number): Block[] => {
  const signed = blockAt(der, blockAt(der, 0).from);
  const pieces: Block[] = [];
  for (let at = signed.from; at < signed.to && pieces.length < count; at = pieces.at(-1)?.to ?? signed.to) {
    const piece = blockAt(der, at);
    if (pieces.length === 0 && piece.tag === version) {
      at = piece.to;
      pieces.push(blockAt(der, at));
    } else pieces.push(piece);
  }
  return pieces;
};

const content = (der: Buffer, piece: Block | undefined): Buffer => der.subarray(piece?.from ?? 0, piece?.to ?? 0);

/** `YYMMDDHHMMSSZ`, of 1950 to 2049, or with the whole year. // RFC 5280 §4.1.2.5 */
const timeOf = (der: Buffer, piece: Block): number => {
  const text = content(der, piece).toString('latin1');
  const whole = piece.tag === generalizedTime ? text : `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}`;
  return Date.parse(whole.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
};

/** Who issued a revocation list (DER), as the bytes of the name, and until when it counts; one that tells no end always does. // RFC 5280 §5.1 */
export const readRevocationList = (der: Buffer): { issuer: Buffer; untilMs: number } => {
  const integer = 0x02;
  const [algorithm, issuer, , next] = signedPieces(der, integer, 4);
  if (algorithm?.tag !== sequence || issuer?.tag !== sequence) throw new Error('this is no revocation list');
  const tellsEnd = next?.tag === utcTime || next?.tag === generalizedTime;
  return { issuer: content(der, issuer), untilMs: tellsEnd ? timeOf(der, next) : Infinity };
};

/** Who issued a certificate (DER) and whose it is, as the bytes of their names. // RFC 5280 §4.1 */
export const readNames = (der: Buffer): { issuer: Buffer; subject: Buffer } => {
  const explicitVersion = 0xa0;
  const [, , issuer, , subject] = signedPieces(der, explicitVersion, 5);
  return { issuer: content(der, issuer), subject: content(der, subject) };
};

const derOf = (file: Buffer): Buffer => {
  const [, base64] = /-----BEGIN X509 CRL-----([^-]+)/.exec(file.toString('latin1')) ?? [];
  return base64 === undefined ? file : Buffer.from(base64, 'base64');
};

/**
 * Until when the newest revocation list in a PKI folder counts that the issuer of a certificate (DER) made; `Infinity` where
 * none is needed, `null` where there is none. What is no list is left out.
 */
export const revocationListUntilMs = (pki: string, certificate: Buffer): number | null => {
  const { issuer, subject } = readNames(certificate);
  if (issuer.equals(subject)) return Infinity;
  const ends = [join(pki, 'issuers', 'crl'), join(pki, 'trusted', 'crl')].filter(existsSync).flatMap((folder) =>
    readdirSync(folder).flatMap((file) => {
      try {
        const list = readRevocationList(derOf(readFileSync(join(folder, file))));
        return list.issuer.equals(issuer) ? [list.untilMs] : [];
      } catch {
        return [];
      }
    }),
  );
  return ends.length === 0 ? null : Math.max(...ends);
};
