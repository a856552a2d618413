import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { forPerson, PersonError } from '../base/errors.ts';
import { priorities, takePriority } from '../base/priority.ts';
import { loadRecipe, loadStation } from '../config/load.ts';
import { openModelPackage } from '../config/modelPackage.ts';
import { type Provider, providers } from '../contract/frame.ts';
import { openCamera } from '../vision/camera.ts';
import { cv } from '../vision/opencv.ts';
import { proveProvider } from '../vision/provider.ts';
import { builtInProviders } from '../vision/session.ts';
import { watchHeldUp } from './machine/heldUp.ts';
import type { Check } from './model.ts';

const probedMs = 3000;
/** A third of the time between two frames at 60 a second. */
const disturbingMs = 5;
const referencePackage = fileURLToPath(new URL('../../models/reference', import.meta.url));

/** `linegate doctor`: what of this machine works, proven by using it; with `--station`, its camera and model too. */
export const doctorCommand = (program: Command): void => {
  program
    .command('doctor')
    .description('prove on this machine what works: OpenCV, providers, and with --station its cameras and models')
    .option('--station <file>', 'station file')
    .option('--json', 'print the result as one JSON object')
    .action(async (options: { station?: string; json?: boolean }) => {
      const checks = await examine(options.station);
      const good = checks.every((check) => check.fault === null);
      if (options.json === true) process.stdout.write(`${JSON.stringify({ good, checks })}\n`);
      else
        for (const check of checks)
          process.stdout.write(`${check.fault === null ? '✓' : '✗'} ${check.what}: ${check.fault ?? check.found}\n`);
      if (!good) process.exitCode = 1;
    });
};

const examine = async (stationFile: string | undefined): Promise<Check[]> => {
  const checks: Check[] = [];
  const look = async (what: string, doIt: () => Promise<string> | string): Promise<void> => {
    try {
      checks.push({ what, fault: null, found: await doIt() });
    } catch (error) {
      checks.push({ what, fault: forPerson(error), found: '' });
    }
  };
  await look('Node', () => `${process.version} on ${process.arch}`);
  const { major, minor, revision } = cv.version;
  await look('OpenCV', () => `${major}.${minor}.${revision}`);
  await look('priority', sortingFirst);
  await look('punctuality', punctuality);
  // Which providers work is a finding; that none does is a fault. What a station needs is looked at with its file.
  for (const provider of providers) await look(provider, () => usable(provider));
  await look('inference', async () => `best provider here: ${await prove(providers)}`);
  if (stationFile !== undefined) await examineStation(resolve(stationFile), look);
  return checks;
};

const sortingFirst = (): string => {
  const isGranted = takePriority(priorities.gate);
  takePriority(priorities.loading);
  return isGranted
    ? 'sorting runs in real time, before every other program'
    : 'sorting shares the processor with every other program here. Start the station as a service (build/package/linegate.service)';
};

const punctuality = async (): Promise<string> => {
  const machine = await watchHeldUp();
  machine.reset();
  await sleep(probedMs);
  const { p999, max } = await machine.figures();
  await machine.stop();
  const found = `this machine held up the first of its programs for ${max.toFixed(1)} ms at most, in ${probedMs / 1000} s (99.9 %: ${p999.toFixed(1)} ms)`;
  return max < disturbingMs
    ? found
    : `${found}. That is felt at the gate: look for power saving, other programs in real time, and other machines on this hardware`;
};

const prove = async (preference: readonly Provider[]): Promise<Provider> => {
  const { session } = await proveProvider(openModelPackage(referencePackage), preference);
  await session.release();
  return session.provider;
};

const usable = async (provider: Provider): Promise<string> => {
  if (!builtInProviders().includes(provider)) return 'not in this build of ONNX Runtime';
  try {
    return `${await prove([provider])} loads the model alone and agrees with its golden outputs`;
  } catch (error) {
    return `not usable here. ${forPerson(error)}`;
  }
};

const examineStation = async (
  file: string,
  look: (what: string, doIt: () => Promise<string> | string) => Promise<void>,
): Promise<void> => {
  const station = loadStation(file);
  for (const lane of station.lane) {
    await look(`${lane.name}: recipe and model`, async () => {
      const model = openModelPackage(loadRecipe(lane.recipe).model);
      const { session, refusals } = await proveProvider(model, station.providers);
      await session.release();
      const passedOver = refusals.map((each) => `; not ${each.provider}: ${each.why}`).join('');
      return `${model.manifest.name} ${model.manifest.version} on ${session.provider}${passedOver}`;
    });
    await look(`${lane.name}: camera`, () => {
      const camera = openCamera(lane.camera);
      const frame = camera.read();
      camera.release();
      if (frame === null) throw new PersonError('It opens but gives no frame.', 'Check its cable and its trigger.');
      const size = `${frame.cols}×${frame.rows}, ${frame.channels} channel(s)`;
      frame.release();
      return size;
    });
    await look(`${lane.name}: secrets`, () => {
      const missing = [lane.plc.passwordFile, station.mes?.passwordFile].find((path) => path !== undefined && !existsSync(path));
      if (missing !== undefined)
        throw new PersonError(`The password file ${missing} is missing.`, 'Create it, readable by this user only.');
      return 'password files are there';
    });
  }
};
