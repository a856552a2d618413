import { X509Certificate } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCertificates } from '../sim/certificates.ts';
import { ownCertificateFile } from './opcuaCertificates.ts';
import { refusedCertificates, trustRefused } from './opcuaTrust.ts';

describe('refused certificates', () => {
  let pki: string;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'linegate-trust-'));
    pki = join(folder, 'line');
    const plc = join(folder, 'plc');
    await makeCertificates(
      [
        { name: 'line', pki, trusts: [] },
        { name: 'plc', pki: plc, trusts: [] },
      ],
      Date.now(),
    );
    copyFileSync(ownCertificateFile(plc), join(pki, 'rejected', 'plc.pem'));
    writeFileSync(join(pki, 'rejected', 'note.txt'), 'no certificate');
  });

  it('are listed, and trusted only by the whole fingerprint', () => {
    const [refused, ...others] = refusedCertificates(pki);
    expect(others).toEqual([]);
    expect(refused?.subject).toContain('CN=Linegate plc');
    const fingerprint = refused?.fingerprint ?? '';
    for (const wrong of ['', fingerprint.slice(0, 8), fingerprint.replace(/.$/, 'x')])
      expect(() => trustRefused(pki, wrong)).toThrow(/No refused certificate/);
    trustRefused(pki, fingerprint.replaceAll(':', '').toLowerCase());
    expect(refusedCertificates(pki)).toEqual([]);
    const [trusted] = readdirSync(join(pki, 'trusted', 'certs'));
    expect(new X509Certificate(readFileSync(join(pki, 'trusted', 'certs', trusted ?? ''))).fingerprint256).toBe(fingerprint);
  });
});
