import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Fault, How, Outcome } from './fault.ts';

/** A fault and what came of it. */
export interface Result extends Outcome {
  readonly fault: Fault;
  readonly seconds: number;
}

/** Which cases to run: `numbers` (none means all), only the quick ones. */
export interface Choice {
  readonly numbers: readonly number[];
  readonly quick: boolean;
}

/** All cases of a folder, in the order of their file names. */
export const loadFaults = async (folder: string): Promise<Fault[]> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(folder, file)).href)));
  return modules.map((module: { fault: Fault }) => module.fault);
};

/** The cases of a choice. */
export const chosen = (faults: readonly Fault[], { numbers, quick }: Choice): Fault[] =>
  faults.filter((fault) => (!quick || fault.quick) && (numbers.length === 0 || fault.numbers.some((n) => numbers.includes(n))));

/** Runs one after the other: they measure, and would take each other's processor. A case that throws has not passed. */
export const runFaults = async (faults: readonly Fault[], how: How): Promise<Result[]> => {
  const results: Result[] = [];
  for (const [i, fault] of faults.entries()) {
    how.say(`${i + 1}/${faults.length}  #${fault.numbers.join(', #')} ${fault.name} …`);
    const startMs = performance.now();
    const outcome = await fault.run(how).catch(thrown);
    results.push({ ...outcome, fault, seconds: Math.round((performance.now() - startMs) / 100) / 10 });
    // Told at once: a person may not want to wait for the rest.
    how.say(`     ${outcome.skipped ?? outcome.happened} ${JSON.stringify(outcome.measured)}`);
  }
  return results;
};

const thrown = (error: unknown): Outcome => ({
  happened: error instanceof Error ? (error.stack ?? error.message) : String(error),
  measured: {},
  passed: false,
});
