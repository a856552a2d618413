import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { ownCertificateFile } from '../base/opcuaPki.ts';

/** An application of the demo: its PKI folder and whom it trusts (names of other applications). */
export interface Application {
  name: string;
  pki: string;
  trusts: string[];
  /** It has its key and its certificate, and keeps them. */
  exists?: boolean;
}

const keySize = 2048;
const validDays = 3650;
/** A clock that is a little behind must not find the certificate not valid yet. */
const startsBeforeMs = 24 * 3600 * 1000;

/** Makes a key and a self-signed certificate for each application, and lets each trust those it names. */
export const makeCertificates = async (applications: Application[], nowMs: number): Promise<void> => {
  // Keys are made in threads of their own, so all at once.
  const made = await Promise.all(
    applications.filter(({ exists }) => exists !== true).map(async (each) => ({ ...each, manager: await makeOne(each, nowMs) })),
  );
  for (const { manager, trusts } of made) {
    for (const { name, pki } of applications)
      if (trusts.includes(name)) await manager.trustCertificate(new X509Certificate(readFileSync(ownCertificateFile(pki))).raw);
    await manager.dispose();
  }
};

const makeOne = async ({ name, pki }: Application, nowMs: number): Promise<OPCUACertificateManager> => {
  const manager = new OPCUACertificateManager({ rootFolder: pki, keySize, disableFileWatchers: true });
  await manager.initialize();
  await manager.createSelfSignedCertificate({
    applicationUri: `urn:${hostname()}:linegate:${name}`,
    subject: `/CN=Linegate ${name}/O=Linegate demo`,
    dns: ['localhost', hostname()],
    ip: ['127.0.0.1'],
    startDate: new Date(nowMs - startsBeforeMs),
    validity: validDays,
    outputFile: ownCertificateFile(pki),
  });
  return manager;
};
