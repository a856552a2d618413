import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { PersonError } from '../base/errors.ts';
import { loadStation } from '../config/load.ts';
import { pkiFolder } from '../config/paths.ts';
import type { LaneConfig } from '../config/station.ts';
import { checkPlc } from '../line/plc/check.ts';
import { listOrTrust } from './trust.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** `linegate plc`: is a PLC as the station file says, and is it the one that we know? */
export const plcCommand = (program: Command): void => {
  const plc = program.command('plc').description('look at the PLC, and trust it');
  plc
    .command('check')
    .description(
      'connect to the PLC as the line does, read every tag and explain what is not as the station file says; writes nothing',
    )
    .requiredOption('--station <file>', 'station file')
    .option('--lane <name>', 'only this lane')
    .option('--json', 'print the result as one JSON object')
    .action((options: CheckOptions) => check(options));
  plc
    .command('trust')
    .description(
      'the same as "certificate trust line": list the certificates that were refused, or trust one by its whole SHA-256 fingerprint',
    )
    .requiredOption('--station <file>', 'station file')
    .argument('[fingerprint]', 'compare it at the PLC first')
    .action((fingerprint: string | undefined, options: { station: string }) => {
      listOrTrust(join(pkiFolder(loadStation(resolve(options.station)).dataDir), 'line'), fingerprint);
    });
};

interface CheckOptions {
  station: string;
  lane?: string;
  json?: boolean;
}

const check = async ({ station: file, lane, json }: CheckOptions): Promise<void> => {
  const station = loadStation(resolve(file));
  const results = [];
  for (const each of lanesNamed(station.lane, lane))
    results.push({ lane: each.name, findings: await checkPlc(each.plc, pkiFolder(station.dataDir)) });
  const good = results.every(({ findings }) => findings.every(({ fault }) => fault === null));
  if (json === true) say(JSON.stringify({ good, lanes: results }));
  else
    for (const { lane: name, findings } of results)
      for (const { what, fault, found } of findings) say(`${fault === null ? '✓' : '✗'} ${name}: ${what}: ${fault ?? found}`);
  if (!good) process.exitCode = 1;
};

const lanesNamed = (lanes: LaneConfig[], name: string | undefined): LaneConfig[] => {
  const found = lanes.filter((each) => name === undefined || each.name === name);
  if (found.length > 0) return found;
  throw new PersonError(`There is no lane "${name}".`, `There are: ${lanes.map((each) => each.name).join(', ')}.`);
};
