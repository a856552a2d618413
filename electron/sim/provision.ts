import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wallMs } from '../base/clock.ts';
import { pkiFolder } from '../config/paths.ts';

/** Where the demo's certificates and passwords stand. */
export interface DemoPaths {
  /** The station's PKI folder, with a folder for each of its processes; `pkiFolder` of its data folder `data`. */
  stationPki: string;
  plcPki: string;
  mesPki: string;
  userName: string;
  passwordFile: string;
}

const userName = 'linegate';

/**
 * Prepares `folder` so that the demo's station, PLC and MES trust each other explicitly: certificates, keys and a random
 * password. Safe to call again, and then immediate; what a broken start left half-made is made anew.
 */
export const provisionDemo = async (folder: string): Promise<DemoPaths> => {
  const factoryPki = join(folder, 'factory', 'pki');
  const paths: DemoPaths = {
    stationPki: pkiFolder(join(folder, 'data')),
    plcPki: join(factoryPki, 'plc'),
    mesPki: join(factoryPki, 'mes'),
    userName,
    passwordFile: join(folder, 'factory', 'password'),
  };
  const done = join(folder, 'factory', 'provisioned');
  if (existsSync(done)) return paths;
  for (const pki of [paths.stationPki, factoryPki]) rmSync(pki, { recursive: true, force: true });
  mkdirSync(join(folder, 'factory'), { recursive: true });
  writeFileSync(paths.passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  // Loaded only now: node-opcua takes longer to load than all the rest of a second start.
  const { makeCertificates } = await import('./certificates.ts');
  await makeCertificates(
    [
      { name: 'line', pki: join(paths.stationPki, 'line'), trusts: ['plc'] },
      { name: 'records', pki: join(paths.stationPki, 'records'), trusts: ['mes'] },
      { name: 'plc', pki: paths.plcPki, trusts: ['line'] },
      { name: 'mes', pki: paths.mesPki, trusts: ['records'] },
    ],
    wallMs(),
  );
  writeFileSync(done, '');
  return paths;
};
