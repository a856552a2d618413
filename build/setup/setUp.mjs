import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forPerson } from './error.mjs';
import { machineProblem, thisMachine } from './machine.mjs';
import { showProgress } from './progress.mjs';
import { setupSteps } from './steps.mjs';

/** The clone this file lies in. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Brings what is missing, in order, and says what it does on standard error.
 * @param {{ forTests?: boolean }} [options]
 * @returns {Promise<boolean>} was anything missing?
 * @throws SetupError with what a person has to do
 */
export const setUp = async ({ forTests = false } = {}) => {
  const problem = machineProblem(thisMachine());
  if (problem !== null) throw problem;
  let worked = false;
  for (const step of setupSteps(root, { forTests })) {
    const why = step.missing();
    if (why === null) continue;
    if (!worked) process.stderr.write('Setting up what is missing (a fresh clone takes a few minutes, once):\n');
    worked = true;
    await showProgress(step.title, step.bring);
  }
  return worked;
};

/**
 * {@link setUp} as a command: ends the process with what a person has to do when it cannot be done. A signal ends it with an
 * exit code too, so that temporary files are cleared and no compiler is left behind.
 * @param {{ forTests?: boolean }} [options]
 */
export const setUpOrExit = async (options) => {
  const interrupted = () => process.exit(130);
  const terminated = () => process.exit(143);
  process.on('SIGINT', interrupted).on('SIGTERM', terminated);
  try {
    return await setUp(options);
  } catch (error) {
    process.stderr.write(`\n${forPerson(error)}\n`);
    process.exit(1);
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', terminated);
  }
};
