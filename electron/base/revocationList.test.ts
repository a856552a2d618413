import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Authority, foundAuthority, hasOpenssl } from '../../test/faults/authority.ts';
import { makeCertificates } from '../sim/certificates.ts';
import { ownCertificateFile } from './opcuaCertificates.ts';
import { revocationListUntilMs } from './revocationList.ts';

describe.skipIf(!hasOpenssl())('the revocation list of an authority', () => {
  const pki = join(mkdtempSync(join(tmpdir(), 'linegate-list-')), 'plc');
  let authority: Authority;
  const certificate = (): Buffer => new X509Certificate(readFileSync(ownCertificateFile(pki))).raw;
  beforeAll(async () => {
    authority = foundAuthority();
    await makeCertificates([{ name: 'plc', pki, trusts: [] }], Date.now());
  });

  it('is not needed for what nobody else issued, and missed for what an authority did', () => {
    expect(revocationListUntilMs(pki, certificate())).toBe(Infinity);
    authority.certify(pki);
    expect(revocationListUntilMs(pki, certificate())).toBeNull();
  });

  it('counts until the end that it tells; of several the newest does', () => {
    authority.listEnded(pki);
    expect(revocationListUntilMs(pki, certificate())).toBe(Date.parse('2020-02-01T00:00:00Z'));
    const file = join(pki, 'issuers', 'crl', 'authority.pem');
    writeFileSync(join(pki, 'issuers', 'crl', 'before.pem'), readFileSync(file));
    writeFileSync(join(pki, 'issuers', 'crl', 'note.txt'), 'no list');
    authority.list(pki, true);
    expect(revocationListUntilMs(pki, certificate())).toBeGreaterThan(Date.now());
  });

  it('is read from nothing else', () => {
    expect(revocationListUntilMs(pki, certificate())).not.toBe(Infinity);
    authority.listEnded(pki);
    const folder = join(pki, 'issuers', 'crl');
    for (const file of readdirSync(folder)) rmSync(join(folder, file));
    for (const [name, other] of Object.entries({
      certificate: certificate(),
      text: Buffer.from('no list'),
      empty: Buffer.alloc(0),
    }))
      writeFileSync(join(folder, name), other);
    expect(revocationListUntilMs(pki, certificate())).toBeNull();
  });
});
