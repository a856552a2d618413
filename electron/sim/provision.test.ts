import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DemoPaths, provisionDemo } from './provision.ts';

describe('provision of the demo', () => {
  let folder: string;
  let paths: DemoPaths;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'linegate-provision-'));
    paths = await provisionDemo(folder);
  });

  const certificate = (pki: string): X509Certificate =>
    new X509Certificate(readFileSync(join(pki, 'own', 'certs', 'certificate.pem')));
  const trusted = (pki: string): string[] =>
    readdirSync(join(pki, 'trusted', 'certs')).map(
      (file) => new X509Certificate(readFileSync(join(pki, 'trusted', 'certs', file))).fingerprint256,
    );

  it('lets exactly those trust each other that talk', () => {
    const [line, records] = [join(paths.stationPki, 'line'), join(paths.stationPki, 'records')];
    const pairs = [
      [line, paths.plcPki],
      [records, paths.mesPki],
      [paths.plcPki, line],
      [paths.mesPki, records],
    ] as const;
    for (const [who, whom] of pairs) expect(trusted(who)).toEqual([certificate(whom).fingerprint256]);
  });

  it('makes certificates for this machine, with an application URI each', () => {
    const names = ['line', 'records'].map((name) => certificate(join(paths.stationPki, name)).subjectAltName);
    for (const name of names) expect(name).toMatch(/DNS:localhost.*IP Address:127\.0\.0\.1.*URI:urn:/);
    expect(new Set(names).size).toBe(2);
  });

  it('keeps secrets to their owner, and does nothing the second time', async () => {
    const secrets = [paths.passwordFile, join(paths.plcPki, 'own', 'private', 'private_key.pem')];
    for (const file of secrets) expect(statSync(file).mode & 0o077).toBe(0);
    const before = secrets.map((file) => readFileSync(file, 'utf8'));
    expect(await provisionDemo(folder)).toEqual(paths);
    expect(secrets.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
  });
});
