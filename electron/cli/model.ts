import type { Command } from 'commander';
import { forPerson } from '../base/errors.ts';
import { fileFault, openModelPackage, readManifest } from '../config/modelPackage.ts';
import { type Provider, providers } from '../contract/frame.ts';
import { readGolden, runGolden } from '../vision/golden.ts';
import { builtInProviders, openSession } from '../vision/session.ts';
import { openProgress } from './progress.ts';

/** `linegate model check`: is a package whole, loadable and as good on this machine as it says? */
export const modelCommand = (program: Command): void => {
  program
    .command('model')
    .description('work with model packages')
    .command('check')
    .argument('<package>', 'folder of a model package')
    .option('--provider <name>', `one of ${providers.join(', ')}`, 'cpu')
    .option('--json', 'print the result as one JSON object')
    .description('check a package: manifest, hashes, model, golden set; explains what is wrong')
    .action(async (folder: string, options: { provider: Provider; json?: boolean }) => {
      const checks = await checkPackage(folder, options.provider);
      const good = checks.every((check) => check.fault === null);
      if (options.json === true) process.stdout.write(`${JSON.stringify({ good, checks })}\n`);
      else
        process.stdout.write(
          `${checks.map(line).join('\n')}\n${good ? 'The package is good.' : 'The package must not be used.'}\n`,
        );
      if (!good) process.exitCode = 1;
    });
};

/** One thing that was looked at: a fault in words, or what was found. */
export interface Check {
  what: string;
  fault: string | null;
  found: string;
}

const line = (check: Check): string => `${check.fault === null ? '✓' : '✗'} ${check.what}: ${check.fault ?? check.found}`;

const attempt = async (what: string, look: () => Promise<string> | string): Promise<Check> => {
  try {
    return { what, fault: null, found: await look() };
  } catch (error) {
    return { what, fault: forPerson(error), found: '' };
  }
};

/** Looks at everything; what needs a check that failed is left out. Throws nothing. */
export const checkPackage = async (folder: string, provider: Provider): Promise<Check[]> => {
  const checks: Check[] = [];
  const look = async (what: string, doIt: () => Promise<string> | string): Promise<boolean> => {
    const check = await attempt(what, doIt);
    checks.push(check);
    return check.fault === null;
  };
  if (!(await look('manifest', () => `${readManifest(folder).name} ${readManifest(folder).version}`))) return checks;
  const manifest = readManifest(folder);
  const files = { ...manifest.files, [manifest.model.file]: manifest.model.sha256 };
  const faults = Object.entries(files).flatMap(([file, sha256]) => fileFault(folder, file, sha256) ?? []);
  const more = faults.length > 5 ? `, and ${faults.length - 5} more` : '';
  const fault = faults.length === 0 ? null : `${faults.slice(0, 5).join('; ')}${more}`;
  checks.push({ what: 'files', fault, found: `${Object.keys(files).length} files are as they were packed` });
  if (fault !== null) return checks;
  const loads = await look(`loads on ${provider}`, async () => {
    const session = await openSession(openModelPackage(folder), provider);
    await session.release();
    return `${manifest.input.width}×${manifest.input.height}, ${manifest.labels.length} labels; runtime offers ${builtInProviders().join(', ')}`;
  });
  if (loads) await look('golden set', () => checkGolden(folder, provider));
  return checks;
};

/** Half a point for rounding: providers differ in the last bits. */
const accuracyAllowance = 0.005;

const checkGolden = async (folder: string, provider: Provider): Promise<string> => {
  const model = openModelPackage(folder);
  const { golden } = model.manifest;
  const items = readGolden(model);
  const known = new Set(model.manifest.labels.map((label) => label.name));
  const stranger = items.find((item) => !known.has(item.label));
  if (stranger !== undefined)
    throw new Error(`${stranger.file} has the label "${stranger.label}", which the model does not know`);
  const session = await openSession(model, provider);
  const progress = openProgress('Golden set', items.length);
  const result = await runGolden(session, model, items, (share) => progress.at(Math.round(share * items.length)));
  progress.done();
  await session.release();
  const accuracy = result.images === 0 ? 0 : result.correct / result.images;
  const words = `${result.correct} of ${result.images} right (${(accuracy * 100).toFixed(1)} %, packed with ${(golden.accuracy * 100).toFixed(1)} %), outputs differ by ${result.worstDifference.toFixed(4)} at most (allowed ${golden.tolerance})`;
  if (result.worstDifference > golden.tolerance || accuracy < golden.accuracy - accuracyAllowance) throw new Error(words);
  return words;
};
