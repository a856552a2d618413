import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownCertificateFile } from '../../../electron/base/opcuaCertificates.ts';
import { trust } from '../../../electron/base/opcuaTrust.ts';

/** Has the foreign server (its folder) trust our application (its PKI folder), as a person would approve it there. */
export const approveUs = (server: string, pki: string): void => {
  mkdirSync(join(server, 'trusted'), { recursive: true });
  writeFileSync(join(server, 'trusted', 'linegate.der'), new X509Certificate(readFileSync(ownCertificateFile(pki))).raw);
};

/** Has our application trust the foreign server, which has run once. */
export const trustServer = (server: string, pki: string): void =>
  trust(pki, new X509Certificate(readFileSync(join(server, 'certificate.der'))));
