import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownCertificateFile } from '../../electron/base/opcuaCertificates.ts';
import { applicationUriOf } from '../../electron/base/opcuaPki.ts';

/** A certificate authority (CA) as a plant has one, of openssl. */
export interface Authority {
  /** Gives the application of a PKI folder a certificate for the key it has, in place of its own. */
  certify(pki: string): void;
  /** Revokes the certificate of the application of a PKI folder. */
  revoke(pki: string): void;
  /** Lets the application of a PKI folder trust what this authority certified, and nothing else. */
  trustedBy(pki: string): void;
  /** Puts the list of the revoked certificates into a PKI folder, as of now; `false` takes it out. */
  list(pki: string, isThere: boolean): void;
}

const config = (folder: string): string => `
[ca]
default_ca = plant
[plant]
database = ${folder}/index
serial = ${folder}/serial
new_certs_dir = ${folder}
certificate = ${folder}/ca.pem
private_key = ${folder}/ca.key
default_md = sha256
default_days = 365
default_crl_days = 30
policy = any
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
`;

const extensions = (applicationUri: string): string => `
basicConstraints = CA:FALSE
keyUsage = digitalSignature, nonRepudiation, keyEncipherment, dataEncipherment
extendedKeyUsage = serverAuth, clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = URI:${applicationUri}, DNS:localhost, IP:127.0.0.1
`;

/** Whether an authority can be founded here. */
export const hasOpenssl = (): boolean => spawnSync('openssl', ['version']).status === 0;

/** Founds one in a folder of its own. */
export const foundAuthority = (): Authority => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-authority-'));
  const at = (file: string): string => join(folder, file);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'pipe' });
  writeFileSync(at('ca.cnf'), config(folder));
  writeFileSync(at('index'), '');
  writeFileSync(at('serial'), '01\n');
  openssl(
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-config', at('ca.cnf'), '-subj', '/CN=Plant authority'],
    ...['-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '30', '-addext', 'basicConstraints=critical,CA:TRUE'],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign', '-addext', 'subjectKeyIdentifier=hash'],
  );
  const ca = (...args: string[]): void => openssl('ca', '-batch', '-config', at('ca.cnf'), ...args);
  return {
    certify(pki) {
      const key = join(pki, 'own', 'private', 'private_key.pem');
      writeFileSync(at('extensions'), extensions(applicationUriOf(ownCertificateFile(pki))));
      openssl('req', '-new', '-config', at('ca.cnf'), '-key', key, '-subj', '/CN=Certified', '-out', at('request'));
      ca('-notext', '-in', at('request'), '-extfile', at('extensions'), '-out', ownCertificateFile(pki));
    },
    revoke: (pki) => ca('-revoke', ownCertificateFile(pki)),
    trustedBy(pki) {
      const trusted = join(pki, 'trusted', 'certs');
      for (const file of readdirSync(trusted)) rmSync(join(trusted, file));
      copyFileSync(at('ca.pem'), join(trusted, 'authority.pem'));
    },
    list(pki, isThere) {
      const file = join(pki, 'issuers', 'crl', 'authority.pem');
      rmSync(file, { force: true });
      mkdirSync(join(pki, 'issuers', 'crl'), { recursive: true });
      if (isThere) ca('-gencrl', '-out', file);
    },
  };
};
