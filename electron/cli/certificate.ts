import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { dayOf, lifeStage, newLife } from '../base/certificateLife.ts';
import { wallMs } from '../base/clock.ts';
import { PersonError } from '../base/errors.ts';
import { knownCertificates, type OpcuaApplication } from '../base/opcuaCertificates.ts';
import { opcuaApplications } from '../config/applications.ts';
import { loadStation } from '../config/load.ts';
import { listOrTrust } from './trust.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const stationOption = (): Option => new Option('--station <file>', 'station file').makeOptionMandatory();

/** `linegate certificate`: how long do the certificates live on which the station depends, and another one in time. */
export const certificateCommand = (program: Command): void => {
  const certificate = program
    .command('certificate')
    .description("list the station's OPC UA certificates, trust those of PLC and MES, and renew its own");
  certificate
    .command('list')
    .description('tell of every certificate, our own and those of the PLC and the MES, how long it is valid')
    .addOption(stationOption())
    .action(({ station }: { station: string }) => list(opcuaApplications(loadStation(resolve(station)))));
  certificate
    .command('trust')
    .description('list the certificates that an application has refused, or trust one by its whole SHA-256 fingerprint')
    .argument('<application>', 'line (that of the PLC) or records (that of the MES)')
    .argument('[fingerprint]', 'compare it at the PLC or the MES first')
    .addOption(stationOption())
    .action((name: string, fingerprint: string | undefined, { station }: { station: string }) =>
      listOrTrust(named(opcuaApplications(loadStation(resolve(station))), name).pki, fingerprint),
    );
  certificate
    .command('renew')
    .description('make another certificate of our own, which waits until the other side trusts it; --use puts it to use')
    .argument('<application>', 'line (for the PLC) or records (for the MES)')
    .addOption(stationOption())
    .option('--use', 'put the one that waits to use, from the next connection on')
    .action((name: string, { station, use }: { station: string; use?: boolean }) => {
      const application = named(opcuaApplications(loadStation(resolve(station))), name);
      return use === true ? putToUse(application) : renew(application);
    });
};

const stages = {
  'not-yet': 'NOT VALID YET, by the clock of this station',
  'in-time': 'good',
  60: 'ends in less than 60 days',
  30: 'ends in less than 30 days',
  7: 'ends in less than 7 days',
  expired: 'EXPIRED',
} as const;

const list = (applications: OpcuaApplication[]): void => {
  for (const each of knownCertificates(applications)) {
    const whose = each.endpoint === null ? `this station for the ${each.peer}` : `${each.peer} at ${each.endpoint}`;
    say(`${each.application}: ${whose}, until ${dayOf(each.untilMs)}: ${stages[lifeStage(each, wallMs())]}`);
    say(`  ${each.subject}\n  ${each.fingerprint}`);
    if (!each.isRevocationKnown) say("  its authority's revocation list is missing");
  }
};

const named = (applications: OpcuaApplication[], name: string): OpcuaApplication => {
  const found = applications.find((each) => each.name === name);
  if (found !== undefined) return found;
  throw new PersonError(
    `This station has no application "${name}" that speaks OPC UA.`,
    `There are: ${applications.map((each) => each.name).join(', ')}.`,
  );
};

// node-opcua is loaded only where a certificate is made: a list should come at once.
const renew = async ({ name, pki, peer }: OpcuaApplication): Promise<void> => {
  const { makeOwnCertificate, nextCertificateFile } = await import('../base/opcuaOwn.ts');
  const file = nextCertificateFile(pki);
  const { fingerprint256 } = await makeOwnCertificate(name, pki, newLife(wallMs()), file);
  say(`The next certificate of "${name}" waits in ${file}\n  ${fingerprint256}`);
  say(`Let the ${peer} trust it; then: linegate certificate renew ${name} --use`);
};

const putToUse = async ({ name, pki, peer }: OpcuaApplication): Promise<void> => {
  const { useNextCertificate } = await import('../base/opcuaOwn.ts');
  const { fingerprint256 } = useNextCertificate(pki);
  say(`"${name}" shows this certificate from its next connection to the ${peer} on:\n  ${fingerprint256}`);
};
